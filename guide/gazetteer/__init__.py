"""Names of the site database in a visitor's own words: with or without diacritics, misspelt, run together.

Plain Python over lists of syllables. What finds exact names in a message is passed in (bot/nlu uses spaCy's
PhraseMatcher), so that nothing here loads a language library.
"""
