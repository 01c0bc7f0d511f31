from store import installation
from store.database import Session
from store.people.board import Board
from store.surveying import signed_translation
from store.surveying.signed_translation import TranslationState
from surveys.forms.form import Form
from tests import make
from tests.bot.web.make_page import read_page
from tests.bot.web.open.make_open import CHILD, FAMILY, OpenScene, name_reader, open_survey, sign


def two_versions(place: OpenScene) -> str:
    """A survey for small children and for families; gives its address."""

    def write(session: Session) -> str:
        forms = [Form.from_json(one) for one in (CHILD, FAMILY)]
        board = session.query(Board).one()
        return open_survey(session, board, "both", forms, keys=["younger", "carers"]).code

    return f"/s/{place.write(write)}"


def draft_romanian(session: Session) -> None:
    """A translation that only a machine has made."""
    texts = {"The help": "Ajutorul"}
    signed_translation.keep(session, None, "family", 1, "ro", texts, TranslationState.MACHINE)


def test_languages_come_first_each_in_its_own_name_and_direction(place: OpenScene) -> None:
    place.write(lambda session: sign(session, "family", "ur", {"The help": "مدد"}))
    shown = place.client.get(f"/s/{place.codes['family']}").text
    assert '<li lang="pl" dir="ltr">' in shown
    assert '<li lang="ur" dir="rtl">' in shown
    text = read_page(shown).text
    assert text.index("English") < text.index("Polski") < text.index("اردو")


def test_where_there_is_no_choice_nobody_is_asked(place: OpenScene) -> None:
    sent = place.client.get(f"/s/{place.codes['child']}")
    assert (sent.status_code, sent.headers["location"]) == (303, f"/s/{place.codes['child']}/en")
    sent = place.client.get(sent.headers["location"])
    assert sent.headers["location"] == place.address("child")


def test_a_translation_no_person_signed_is_offered_to_nobody(place: OpenScene) -> None:
    place.write(draft_romanian)
    code = place.codes["family"]
    assert "Română" not in place.page(f"/s/{code}").text
    assert place.client.get(f"/s/{code}/ro/family").status_code == 404


def test_the_demonstration_shows_a_machines_translation_and_says_so(place: OpenScene) -> None:
    place.write(draft_romanian)
    place.write(lambda session: installation.set_virtual(session, make.START))
    code = place.codes["family"]
    assert "Română Machine translation, not yet checked by a person" in place.page(f"/s/{code}").text
    fields = place.client.post(f"/s/{code}/ro/family", data={"start-here": "yes"})
    assert "Machine translation" in read_page(fields.text).text
    assert "Ajutorul" in fields.text
    assert "Machine translation" not in place.page(place.address("family", "pl")).text


def test_versions_are_called_by_age_and_chosen_by_a_press(place: OpenScene) -> None:
    address = two_versions(place)
    page = place.page(f"{address}/en")
    assert "Pictures and short words" in page.text
    assert "For parents and carers" in page.text
    assert f"{address}/en/younger" in page.links


def test_easy_read_stands_beside_every_age(place: OpenScene) -> None:
    place.write(lambda session: sign(session, "family", "en-x-easy", {"The help": "Your help"}))
    address = two_versions(place)
    assert f"{address}/en-x-easy" in place.page(f"{address}/en").links


def test_the_form_speaks_the_language_of_the_address(place: OpenScene) -> None:
    shown = place.client.get(place.address("family", "pl")).text
    assert '<html lang="pl" dir="ltr"' in shown
    assert "Jak oceniasz pomoc?" in shown
    shown = place.client.post(place.address("family", "pl"), data={"start-here": "yes"}).text
    assert "Czy słuchano?" in shown
    assert "Dalej" in shown


def test_answers_mean_the_same_in_every_language(place: OpenScene) -> None:
    address = place.address("family", "pl")
    fields = place.start(address)
    for name, value in {"listened": "no", "safety": "better"}.items():
        fields = read_page(place.client.post(address, data={**fields, name: value}).text).fields
    [kept] = place.waiting()
    assert kept.answers == {"listened": "no", "safety": "better"}
    assert kept.language == "pl"


def test_where_nobody_reads_a_language_its_boxes_are_left_out(place: OpenScene) -> None:
    address = place.address("family", "pl")
    opening = read_page(place.client.get(address).text).text
    fields = place.start(address)
    second = place.client.post(address, data=fields)
    assert "textarea" not in second.text
    assert place.client.post(address, data=read_page(second.text).fields).status_code == 303
    name_reader(place, "pl")
    assert read_page(place.client.get(address).text).text != opening
    fields = read_page(place.client.post(address, data=place.start(address)).text).fields
    assert "<textarea" in place.client.post(address, data=fields).text


def test_a_staff_code_knows_its_agency_and_needs_no_way_out(place: OpenScene) -> None:
    shown = place.client.get(place.address("staff"))
    page = read_page(shown.text)
    assert "Did Wren reach Willow Family Centre?" in page.text
    assert "exit-this-page" not in shown.text
    assert "West Berkshire Safeguarding Children Board" in page.text
    assert "Is somebody helping you" not in page.text


def test_small_children_get_large_type_and_sentences_of_their_own(place: OpenScene) -> None:
    shown = place.client.get(place.address("child")).text
    assert 'class="govuk-template__body open easy"' in shown
    assert '<span class="sentence">It is up to you.</span>' in shown
    assert "For the grown-up" in read_page(shown).text


def test_every_database_opens_the_same(place_anywhere: OpenScene) -> None:
    place = place_anywhere
    assert place.client.get(f"/s/{place.codes['family']}").status_code == 200
