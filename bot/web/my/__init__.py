"""All that one person is asked for, behind a code sent to the address on file."""
