"""A named person signs a translation off: exactly what was read, and nothing unread."""

from openpyxl import load_workbook

from store.database import Session
from store.decision import Decision
from store.people.board import Board
from store.surveying import helpline, signed_translation
from store.surveying.signed_translation import SignedTranslation, TranslationState
from tests.bot.cli.make_texts import FORM, PAT, draft, fill, kept, sheet
from tests.bot.cli.terminal import Terminal, found

SIGN = ("form", "sign-off", FORM, "--language", "ro", "--as", PAT)


def test_a_sign_off_names_the_person_and_stays_while_newer_texts_wait_beside_it(terminal: Terminal) -> None:
    terminal.keep(found)
    mark = draft(terminal)
    told = terminal.told(*SIGN, "--texts", mark, "--yes")
    assert told["by"] == PAT
    [(_, state, reader, _)] = terminal.look(kept)
    assert (state, reader) == (TranslationState.REVIEWED, f"Pat Lane <{PAT}>")
    assert "ro (Pat Lane" in terminal.done("form", "list")
    newer = draft(terminal, B2="Altceva")
    [(_, state, reader, _)] = terminal.look(kept)
    assert (state, reader) == (TranslationState.REVIEWED, f"Pat Lane <{PAT}>")
    path = str(terminal.folder / "again.xlsx")
    shown = terminal.done("form", "texts", FORM, "--language", "ro", "--out", path)
    assert "It is a draft, signed off by nobody." in shown
    assert f"Until then pages say the texts read and signed off by Pat Lane <{PAT}>." in shown
    assert f"--texts {newer}" in shown
    assert load_workbook(path)["Texts"]["B2"].value == "Altceva"
    assert terminal.look(lambda session: session.query(Decision).filter_by(what="translation").count()) == 3


def test_nobody_signs_by_saying_yes_alone(terminal: Terminal) -> None:
    terminal.keep(found)
    draft(terminal)
    assert "--yes alone would sign unread" in terminal.refused(*SIGN, "--yes")
    assert terminal.run(*SIGN).exit_code == 1  # nobody to ask here
    [(_, state, _, _)] = terminal.look(kept)
    assert state is TranslationState.DRAFT


def test_what_was_reworded_since_it_was_read_is_not_signed(terminal: Terminal) -> None:
    terminal.keep(found)
    read = draft(terminal)
    now = draft(terminal, B2="Altceva")
    assert read.partition("-")[0] == now.partition("-")[0]
    assert f"the translation is {now} now" in terminal.refused(*SIGN, "--texts", read, "--yes")
    terminal.done(*SIGN, "--texts", now)


def test_whoever_read_it_for_the_board_is_named_everywhere(terminal: Terminal) -> None:
    terminal.keep(found)
    told = terminal.told(*SIGN, "--texts", draft(terminal), "--reader", "Ana Radu, Interpreters of Example")
    named = f"Ana Radu, Interpreters of Example, for {PAT}"
    assert (told["reader"], told["by"]) == (named, PAT)
    assert named in terminal.done("form", "preview", FORM, "--as", "email", "--language", "ro")
    listed = {one["key"]: one for one in terminal.told("form", "list")}
    ro = {"language": "ro", "state": "reviewed", "reader": named}
    assert ro in listed[FORM]["translations"]
    [reason] = terminal.look(
        lambda session: [
            one.reason
            for one in session.query(Decision).filter_by(what="translation")
            if "signed off" in one.reason
        ]
    )
    assert named in reason


def test_somebody_without_an_office_signs_nothing(terminal: Terminal) -> None:
    terminal.keep(found)
    line = terminal.refused(
        "form", "sign-off", "s6", "--language", "pl", "--yes", "--as", "rowan.a@agencya.example"
    )
    assert "not theirs to do" in line
    assert terminal.look(kept) == []


def test_a_shipped_translation_is_signed_off_as_it_stands(terminal: Terminal) -> None:
    terminal.keep(found)
    shown = terminal.done("form", "preview", "s6", "--as", "web", "--language", "pl")
    assert "a machine&#39;s, signed off by nobody" in shown
    mark = shown.partition("--texts ")[2].split("<")[0].split()[0]
    told = terminal.told("form", "sign-off", "s6", "--language", "pl", "--texts", mark)
    assert (told["form"], told["language"]) == ("s6", "pl")
    shown = terminal.done("form", "preview", "s6", "--as", "web", "--language", "pl")
    assert "It is read and signed off by" in shown
    assert "The words around the questions are a machine&#39;s" in shown


def test_the_words_around_the_questions_go_the_same_way(terminal: Terminal) -> None:
    terminal.keep(found)
    terminal.keep(_front_door)
    mark = draft(terminal, "pages")
    assert [(row[0], row[1]) for row in terminal.look(kept)] == [("ro", TranslationState.DRAFT)] * 2
    page = terminal.done("form", "preview", "pages", "--as", "email", "--language", "ro")
    assert "Front door\n    RO Front door" in page
    told = terminal.told("form", "sign-off", "pages", "--language", "ro", "--texts", mark)
    assert told["form"] == "pages"
    assert {row[1] for row in terminal.look(kept)} == {TranslationState.REVIEWED}
    listed = {one["key"]: one for one in terminal.told("form", "list")}
    states = {one["language"]: one["state"] for one in listed["pages"]["translations"]}
    assert states == {"en-x-easy": "machine", "pl": "machine", "ro": "reviewed", "ur": "machine"}
    number = terminal.look(lambda session: session.query(helpline.Helpline).filter_by(key="front_door").one())
    assert number.name["ro"] == "RO Front door"


def test_newer_words_around_the_questions_wait_beside_the_signed_ones(terminal: Terminal) -> None:
    terminal.keep(found)
    terminal.keep(_front_door)
    sign_pages = ("form", "sign-off", "pages", "--language", "ro", "--texts")
    terminal.done(*sign_pages, draft(terminal, "pages"))
    path = sheet(terminal, "ro", "pages")
    book = load_workbook(path)
    page = book["Texts"]
    [row] = [one[0].row for one in page.iter_rows() if one[0].value == "Front door"]
    newer = draft(terminal, "pages", **{f"B{row}": "Poarta"})
    shown = terminal.done("form", "texts", "pages", "--language", "ro", "--out", str(path))
    assert "It is a draft, signed off by nobody." in shown
    assert "Until then pages say the texts read and signed off by Morgan Ellery" in shown
    assert terminal.look(_front_door_words) == "RO Front door"
    assert {one[1] for one in terminal.look(kept)} == {TranslationState.REVIEWED}
    terminal.done(*sign_pages, newer)
    assert terminal.look(_front_door_words) == "Poarta"
    shown = terminal.done("form", "texts", "pages", "--language", "ro", "--out", str(path))
    assert "It is read and signed off by" in shown
    assert "draft" not in shown


def test_a_number_that_is_renamed_loses_the_words_of_other_languages(terminal: Terminal) -> None:
    terminal.keep(found)
    terminal.keep(_front_door)
    sign_pages = ("form", "sign-off", "pages", "--language", "ro", "--texts")
    terminal.done(*sign_pages, draft(terminal, "pages"))
    rename = ("helplines", "set", "front_door", "--number", "01632 960 001", "--name")
    terminal.done(*rename, "Front door")
    [number] = terminal.look(lambda session: session.query(helpline.Helpline).all())
    assert number.name == {"en": "Front door", "ro": "RO Front door"}
    terminal.done(*rename, "Children's services")
    [number] = terminal.look(lambda session: session.query(helpline.Helpline).all())
    assert number.name == {"en": "Children's services"}


def test_a_form_is_previewed_among_the_words_of_its_language(terminal: Terminal) -> None:
    terminal.keep(found)
    draft(terminal)
    draft(terminal, "pages")
    page = terminal.done("form", "preview", FORM, "--as", "web", "--language", "ro")
    assert "RO Send" in page or "RO Continue" in page


def test_the_words_have_no_pages_of_their_own_to_preview(terminal: Terminal) -> None:
    assert "--as email" in terminal.refused("form", "preview", "pages", "--as", "web", "--language", "pl")
    assert "in no other" in terminal.refused("form", "preview", "pages", "--as", "email", "--language", "ro")


def test_the_words_can_be_given_out_before_there_is_an_installation(terminal: Terminal) -> None:
    path = sheet(terminal, "pl", "pages")
    fill(path)
    assert path.is_file()


def _front_door_words(session: Session) -> str:
    return str(session.query(helpline.Helpline).filter_by(key="front_door").one().name["ro"])


def _front_door(session: Session) -> None:
    board = session.query(Board).one()
    helpline.keep(session, board.id, "front_door", "01632 960 001", {"en": "Front door"})


def test_a_machines_newer_texts_are_called_so_beside_the_signed_ones(terminal: Terminal) -> None:
    terminal.keep(found)
    terminal.done(*SIGN, "--texts", draft(terminal))

    def translate(session: Session) -> None:
        owner = session.query(Board).one()
        [row] = session.query(SignedTranslation).filter_by(form_key=FORM)
        newer = row.texts | {next(iter(row.texts)): "Altceva"}
        signed_translation.keep(session, owner.id, FORM, 1, "ro", newer, TranslationState.MACHINE)

    terminal.keep(translate)
    path = str(terminal.folder / "again.xlsx")
    shown = terminal.done("form", "texts", FORM, "--language", "ro", "--out", path)
    assert "It is a machine's, signed off by nobody." in shown
    assert "Until then pages say the texts read and signed off by Pat Lane" in shown
    assert "any later change" not in terminal.done("form", "sign-off", "--help")
