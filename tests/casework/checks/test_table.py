from evenhand.casework.checks import CHECKS


def test_every_check_is_named_as_its_function():
    assert [name for name, check in CHECKS.items() if check.function.__name__ != name] == []


def test_every_check_asks_a_question_that_a_list_of_steps_can_show():
    assert [name for name, check in CHECKS.items() if "? (clause" not in check.question] == ["question_answered"]
