"""The command `cascade` and all that it can be told to do."""

import click

from bot.bench.command import bench
from bot.cli.answers.actions import list_all, show_one
from bot.cli.answers.answers import show_answers
from bot.cli.answers.judging import accept_return, send_back_return
from bot.cli.answers.rating import rate_action
from bot.cli.answers.returns import show_returns
from bot.cli.answers.telling import begin_told
from bot.cli.asks.asked_form import record_form
from bot.cli.asks.asking import extend_ask, hand_over, hold_ask
from bot.cli.asks.entry import show_entry
from bot.cli.asks.non_returns import non_returns
from bot.cli.asks.owed import owed
from bot.cli.asks.recording import record
from bot.cli.asks.why import why
from bot.cli.campaigns.approving import approve_letters
from bot.cli.campaigns.drafting import make_campaign
from bot.cli.campaigns.ladder import keep_ladders
from bot.cli.campaigns.launching import launch_campaign, top_up
from bot.cli.campaigns.plan import plan
from bot.cli.campaigns.running import pause_campaign, resume_campaign, withdraw_campaign
from bot.cli.campaigns.simulate import simulate
from bot.cli.campaigns.status import status
from bot.cli.campaigns.words import keep_words
from bot.cli.families.code import keep_codes
from bot.cli.families.duty import keep_duty
from bot.cli.families.helplines import keep_helplines
from bot.cli.families.readers import keep_readers
from bot.cli.families.wishes import keep_wishes
from bot.cli.forms.form import form
from bot.cli.house.demo import demo
from bot.cli.house.doctor import examine
from bot.cli.house.importing import bring_directory
from bot.cli.house.office import keep_office
from bot.cli.house.serving import serve_all, upgrade
from bot.cli.house.starting import start
from bot.cli.year.catalogue import show_catalogue
from bot.cli.year.year import keep_year


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
