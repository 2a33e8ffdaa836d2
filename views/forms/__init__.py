"""The forms, one file for each journey: what was typed, checked and said back in words."""
