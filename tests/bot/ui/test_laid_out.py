"""Lines with a dash become a list under the line that leads it."""

from bot.ui.laid_out import laid_out


def test_lists_stand_under_their_leads_and_the_breaks_of_a_sentence_stay_in_it() -> None:
    shown = laid_out([("Có 2.\n\nBộ trưởng:\n- ", False), ("“Gồm:\n- một” [1]", True), (" (nốt)\n- Hai\nHết.", False)])
    lead, points = '<p class="lead">Bộ trưởng:</p>', "<li>“Gồm:<br>- một” [1] (nốt)</li><li>Hai</li>"
    assert shown == f'Có 2.{lead}<ul class="points">{points}</ul>Hết.'
    assert laid_out([("Một.\nHai.", False)]) == "Một.<br>Hai."
