from shared.presentation.sentences import question_text


def test_a_question_that_recalls_an_answer_names_none_in_a_result() -> None:
    question = {"text": {"nb": "Du svarte «{answer:way}». Hvorfor?", "en": "You answered “{answer:way.a-1}”. Why?"}}

    assert [question_text(question, language) for language in ("nb", "en", "da")] == [
        "Du svarte «…». Hvorfor?",
        "You answered “…”. Why?",
        "Du svarte «…». Hvorfor?",
    ]
