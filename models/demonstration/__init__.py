"""The demonstration: real offices, invented people, and an appointment for every answer the rules can give."""
