"""What is true: the data, the rules and the one way to change an appointment."""
