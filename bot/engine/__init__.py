"""How Rasa runs a message through, with what is slow about it replaced: docs/benchmarks.md has what each part costs."""
