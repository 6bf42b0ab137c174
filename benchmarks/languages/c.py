"""C: every file is a translation unit of its own, ``main`` includes their headers."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.languages.language import Language, Product, called, execute, numbers, write_rows

__all__ = ["C"]

MAIN = """#include <stdio.h>
{includes}
{functions}
int main(void) {{ {calls} return 0; }}
"""
FUNCTION = """static void run_{i}(void) {{
  FILE *file = fopen("rows_{i}", "r");
  double row[{d}];
  int k = 0;
  while (fscanf(file, "%lf", &row[k]) == 1)
    if (++k == {d}) {{ k = 0; printf("%.17g\\n", {name}({row})); }}
  fclose(file);
}}
"""
STRICT = ("-std=c99", "-Wall", "-Wextra", "-Wno-unused-parameter", "-Werror", "-pedantic")


def run(products: Sequence[Product], folder: Path) -> list[np.ndarray]:
    write_rows(products, folder)
    for p in products:
        for name, content in p.files.items():
            (folder / name).write_text(str(content))
    names = [name for p in products for name in p.files]
    headers = "\n".join(f'#include "{name}"' for name in names if name.endswith(".h"))
    calls = " ".join(f"run_{i}();" for i in range(len(products)))
    functions = "\n".join(_function(i, p) for i, p in enumerate(products))
    (folder / "main.c").write_text(MAIN.format(includes=headers, functions=functions, calls=calls))
    sources = [name for name in names if name.endswith(".c")]
    execute("gcc", *STRICT, "main.c", *sources, "-o", "all", "-lm", cwd=folder)
    return numbers(execute("./all", cwd=folder), products)


def _function(i: int, p: Product) -> str:
    d = p.X.shape[1]
    row = ", ".join(f"row[{k}]" for k in range(d))
    return FUNCTION.format(i=i, d=d, row=row, name=called(r"^double (\w+)\(", p.text))


C = Language("c", run, ("gcc",), version=("gcc", "--version"))
