"""What people see and send: one file for each journey."""
