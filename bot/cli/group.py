"""The command `cascade` and all that it can be told to do."""

import click

from bot.bench.command import bench
from bot.cli.actions import list_all, show_one
from bot.cli.answers import show_answers
from bot.cli.approving import approve_letters
from bot.cli.asked_form import record_form
from bot.cli.asking import extend_ask, hand_over, hold_ask
from bot.cli.catalogue import show_catalogue
from bot.cli.code import keep_codes
from bot.cli.demo import demo
from bot.cli.doctor import examine
from bot.cli.drafting import make_campaign
from bot.cli.duty import keep_duty
from bot.cli.entry import show_entry
from bot.cli.form import form
from bot.cli.helplines import keep_helplines
from bot.cli.importing import bring_directory
from bot.cli.judging import accept_return, send_back_return
from bot.cli.ladder import keep_ladders
from bot.cli.launching import launch_campaign, top_up
from bot.cli.non_returns import non_returns
from bot.cli.office import keep_office
from bot.cli.owed import owed
from bot.cli.plan import plan
from bot.cli.rating import rate_action
from bot.cli.readers import keep_readers
from bot.cli.recording import record
from bot.cli.returns import show_returns
from bot.cli.running import pause_campaign, resume_campaign, withdraw_campaign
from bot.cli.serving import serve_all, upgrade
from bot.cli.simulate import simulate
from bot.cli.starting import start
from bot.cli.status import status
from bot.cli.telling import begin_told
from bot.cli.why import why
from bot.cli.wishes import keep_wishes
from bot.cli.words import keep_words
from bot.cli.year import keep_year


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="cascade-board", prog_name="cascade")
def cascade() -> None:
    """Carry lessons to every agency, chase what is owed, and see what difference it made."""


record.add_command(show_entry)
record.add_command(record_form)
record.add_command(begin_told)
for command in (
    demo,
    bench,
    start,
    examine,
    upgrade,
    serve_all,
    bring_directory,
    keep_office,
    form,
    show_catalogue,
    keep_year,
    make_campaign,
    keep_words,
    keep_ladders,
    plan,
    approve_letters,
    launch_campaign,
    pause_campaign,
    resume_campaign,
    top_up,
    withdraw_campaign,
    hold_ask,
    extend_ask,
    hand_over,
    record,
    show_returns,
    accept_return,
    send_back_return,
    keep_codes,
    keep_helplines,
    keep_readers,
    keep_duty,
    keep_wishes,
    status,
    owed,
    non_returns,
    list_all,
    show_one,
    rate_action,
    why,
    show_answers,
    simulate,
):
    cascade.add_command(command)
