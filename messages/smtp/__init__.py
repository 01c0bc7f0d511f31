"""Email over SMTP: few connections kept open, many letters pipelined through them."""

from messages.smtp.channel import SmtpChannel
from messages.smtp.server import SmtpServer

__all__ = ["SmtpChannel", "SmtpServer"]
