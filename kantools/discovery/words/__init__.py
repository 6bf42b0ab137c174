"""Words: terms, short expressions and what can be made of them in closed form."""
