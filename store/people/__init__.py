"""Boards, agencies, people, and the seats that they fill."""
