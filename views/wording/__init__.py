"""The words for the codes of the models, one file for each system and each kind of code."""
