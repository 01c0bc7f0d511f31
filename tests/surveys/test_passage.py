from surveys.tongues.passage import sentences


def test_each_sentence_can_have_a_line_of_its_own() -> None:
    told = sentences("You can say no. You can stop! Is that all right?\n\nRing Childline: 0800 1111.")
    assert told == [
        ["You can say no.", "You can stop!", "Is that all right?"],
        ["Ring Childline: 0800 1111."],
    ]


def test_urdu_and_hindi_sentences_end_with_signs_of_their_own() -> None:
    assert sentences("\u0646\u06c1\u06cc\u06ba\u06d4 \u0679\u06be\u06cc\u06a9\u061f \u06c1\u0627\u06ba") == [
        ["\u0646\u06c1\u06cc\u06ba\u06d4", "\u0679\u06be\u06cc\u06a9\u061f", "\u06c1\u0627\u06ba"]
    ]
    assert len(sentences("\u0928\u0939\u0940\u0902\u0964 \u0939\u093e\u0901\u0964")[0]) == 2


def test_nothing_is_said_where_nothing_stands() -> None:
    assert sentences(" \n ") == []
