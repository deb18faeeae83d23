"""What visitors asked, in numbers: over a period, by day, topic, place, channel, language and outcome."""
