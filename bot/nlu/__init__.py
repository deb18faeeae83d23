"""Understanding a message, as Rasa graph components, each usable and tested alone.

Order in the pipeline: tokenizer, language, restore, gazetteer, classifier. docs/nlu.md says what each adds to the
message and what was measured.
"""
