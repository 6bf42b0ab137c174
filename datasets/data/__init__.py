"""The measured tables themselves, one CSV file an experiment."""
