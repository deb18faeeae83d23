"""Load: many visitors over REST and over the website's channel, beside the stock bot, in one run."""
