"""Open surveys: pages behind a code, for children, young people, families and whole agencies."""
