"""What the page of the library says that its scenarios show is what their runs show."""

import numpy as np

from scenarios import load, overlay
from simulation import run
from simulation.opening import open_room
from simulation.proceedings import negotiate
from simulation.rules._carrying import carries


def test_the_order_of_votes_decides_which_texts_pass_beside_the_one_with_most_friends():
    """The Initiative carries from any place; the others if their turn comes before it, and not after."""
    passes = {
        (): {"un-text", "global-initiative"},
        ("initiative-first",): {"global-initiative"},
        ("clean-network-first",): {"clean-network", "global-initiative"},
    }
    for overlays, expected in passes.items():
        patches = [overlay(word, "rival-networks") for word in overlays]
        room = open_room(load("rival-networks", patches))
        ballots = negotiate(room, range(16), 1).ballots
        yes, no = ((ballots == side).sum(axis=1) for side in (1, -1))
        for text, share in zip(room.texts, (yes > no).mean(axis=0), strict=True):
            assert share > 0.8 if text in expected else share == 0


def test_consensus_costs_the_initiative_most_of_its_ambition():
    """What a majority would have adopted as tabled, consensus adopts as a fraction of it, or not at all."""
    kept = {}
    for rule in ("consensus", "simple-majority"):
        room = open_room(load("universal", [{"rule": {"name": rule}}]))
        done = negotiate(room, range(16), 1)
        kept[rule] = np.median(done.ambition[:, -1, room.texts.index("global-initiative")])
    assert kept["consensus"] < 0.5 < kept["simple-majority"]


def test_a_fund_brings_endorsements_to_those_who_have_it_alone():
    gained = {}
    for overlays in ((), ("no-funds",)):
        room = open_room(load("capacity-fund", [overlay(word, "capacity-fund") for word in overlays]))
        stance = negotiate(room, range(16), 1).stance[:, -1]
        gained[overlays] = (stance == 1).sum(axis=1).mean(axis=0)
    for text, difference in zip(room.texts, gained[()] - gained[("no-funds",)], strict=True):
        funded = text in ("global-initiative", "clean-network")
        assert difference > 1 if funded else abs(difference) < 1


def ends(name, *overlays):
    """Texts, and per text the mean number of endorsements, objections, yes and no votes of 16 replicates."""
    room = open_room(load(name, [overlay(word, name) for word in overlays]))
    done = negotiate(room, range(16), 1)
    sides = (done.stance[:, -1], 1), (done.stance[:, -1], -1), (done.ballots, 1), (done.ballots, -1)
    counts = [(values == side).sum(axis=1).mean(axis=0) for values, side in sides]
    return dict(zip(room.texts, np.transpose(counts), strict=True))


def test_an_author_makes_friends_and_enemies():
    by_china, by_chair, by_germany, after_a_leak = (
        ends("who-wrote-it", *words)["global-initiative"]
        for words in ((), ("tabled-by-chair",), ("tabled-by-germany",), ("leak=CHN",))
    )
    assert (by_china - by_chair > [8, 3, 2, 2]).all()
    endorsing, opposing, yes, no = by_germany - by_china
    assert endorsing < 0 < yes and opposing < -8 and no < -12
    endorsing, _, yes, _ = after_a_leak - by_china
    assert endorsing < -2 and yes < -2


def support_of_the_initiative(name, *overlays):
    """Mean endorsements and objections, round by round, of 16 replicates (2 × rounds)."""
    room = open_room(load(name, [overlay(word, name) for word in overlays]))
    stance = negotiate(room, range(16), 1).stance[:, :, :, room.texts.index("global-initiative")]
    return np.array([(stance == side).sum(axis=2).mean(axis=0) for side in (1, -1)])


IN_DECEMBER, IN_JUNE_2022 = 17, 35


def test_doubts_delay_a_text_more_than_they_stop_it():
    cost = support_of_the_initiative("doubts-about-motives", "no-doubts")
    cost -= support_of_the_initiative("doubts-about-motives")
    assert cost[0, IN_DECEMBER] > 3
    assert 0 < cost[0, IN_JUNE_2022] < cost[0, IN_DECEMBER] / 2


def test_doubts_of_friends_cost_endorsements_and_doubts_of_others_make_objections():
    before = support_of_the_initiative("doubts-about-motives", "no-doubts")[:, IN_DECEMBER]
    lost, made = support_of_the_initiative("doubts-about-motives", "among-friends")[:, IN_DECEMBER] - before
    assert lost < -2 and abs(made) < 1
    lost, made = support_of_the_initiative("doubts-about-motives", "among-others")[:, IN_DECEMBER] - before
    assert abs(lost) < 1 and made > 1


def test_a_word_brings_back_friends_evidence_disarms_opponents_and_lasts():
    silence, word, evidence, norm = (
        support_of_the_initiative("confidence-building", *words)
        for words in (("no-reply",), (), ("evidence",), ("general-norm",))
    )
    assert (word - silence)[0, IN_DECEMBER] > (evidence - silence)[0, IN_DECEMBER] > 0
    assert (norm - silence)[0, IN_DECEMBER] < 0
    for reply in (evidence, norm):
        assert (reply - silence)[1, IN_JUNE_2022] < 3 * (word - silence)[1, IN_JUNE_2022] < 0


def test_talks_with_a_friend_move_nobody_and_talks_with_a_coordinator_reach_a_bloc():
    before, friend, union = (
        support_of_the_initiative("bilateral-track", *words)
        for words in (("no-track",), ("no-statement",), ("european-track", "no-statement"))
    )
    a_year_later = 26
    assert np.abs(friend - before).max() < 0.5
    assert (union - before)[1, a_year_later] < -2
    assert (union - before)[1, IN_JUNE_2022] > (union - before)[1, a_year_later]


def test_a_joint_statement_does_what_talks_between_friends_do_not():
    before, silent = (
        support_of_the_initiative("bilateral-track", word) for word in ("no-track", "no-statement")
    )
    with_statement = support_of_the_initiative("bilateral-track")
    endorsing, opposing = (with_statement - before)[:, IN_JUNE_2022]
    assert endorsing > 1 and opposing < -1
    assert np.abs(with_statement - silent)[:, :20].max() == 0


def test_a_joint_text_may_cross_the_line_of_the_sponsor_that_does_not_hold_the_pen():
    china_opposes, oversight = {}, {}
    for words in ((), ("chinas-pen",)):
        room = open_room(load("rights-merger", [overlay(word, "rights-merger") for word in words]))
        done = negotiate(room, range(64), 1)
        text, china = room.texts.index("merged-text"), room.countries.index("CHN")
        china_opposes[words] = (done.stance[:, -1, china, text] == -1).mean()
        oversight[words] = done.places[:, -1, text, room.issues.index("oversight")]
    assert china_opposes[()] > 0.6 and china_opposes["chinas-pen",] < 0.2
    (highest,) = (
        line.max for line in room.scenario.red_lines if (line.delegation, line.issue) == ("CHN", "oversight")
    )
    assert (oversight[()] > highest).mean() > 0.5 and (oversight["chinas-pen",] <= highest).all()


def test_a_merger_costs_the_initiative_no_friends_and_wins_it_fewer_objections():
    joint = ends("rights-merger")["merged-text"]
    apart = ends("rights-merger", "no-merger")["global-initiative"]
    union_writes = ends("rights-merger", "european-pen")["merged-text"]
    assert abs(joint[0] - apart[0]) < 6 and joint[1] < apart[1] / 2
    assert union_writes[0] > joint[0] + 6


def test_a_merger_needs_one_article_that_both_can_sign():
    pledge = {"texts": {"rights-based": {"articles": {"4": {"chosen": "alternative-2"}}}}}
    room = open_room(load("rights-merger", [pledge]))
    stance = negotiate(room, range(16), 1).stance[:, -1, :, room.texts.index("merged-text")]
    assert (stance == 1).sum(axis=1).mean() > 80
    assert not (stance[:, room.countries.index("CHN")] == -1).any()


def test_most_can_live_with_a_chairs_text_and_few_put_their_name_to_it():
    texts = ends("one-text")
    endorsing, _, yes, no = texts["single-text"]
    assert endorsing < 45 and yes > 75 and no < 10
    endorsing, _, yes, no = texts["global-initiative"]
    assert endorsing > 65 and yes < 80 and no > 15
    assert ends("one-text", "with-author=EU")["single-text"][0] > 60
    assert ends("one-text", "with-author=CHN")["single-text"][0] > 48


def test_a_chair_has_nothing_to_reword_in_the_middle_and_turns_other_wordings_back():
    reworded = {}
    for words in ((), ("initiative-first",)):
        room = open_room(load("one-text", [overlay(word, "one-text") for word in words]))
        done = negotiate(room, range(16), 1)
        chosen = done.chosen[:, :, room.texts.index("single-text")]
        reworded[words] = (chosen[:, -1] != chosen[:, 0]).mean(axis=0)
    assert not reworded[()].any()
    assert reworded["initiative-first",][0] > 0.5 and reworded["initiative-first",].sum() < 3


def test_a_revelation_harms_the_accused_and_helps_nobody():
    before, after, agenda_alone = (
        ends("revelation", *words) for words in (("no-revelation",), (), ("agenda-alone",))
    )
    gained = {text: (after[text] - before[text])[0] for text in before}
    assert gained["clean-network"] < -4
    assert max(gained.values()) < 1
    assert abs(agenda_alone["clean-network"] - before["clean-network"])[0] < 2
    assert gained["rights-based"] == (agenda_alone["rights-based"] - before["rights-based"])[0] < -1


def test_a_coordinators_word_carries_a_little_way_and_a_common_line_changes_who_is_on_board():
    share = {}
    for words in ((), ("not-heard",), ("another-speaks=SGP",), ("another-speaks=KHM",), ("close-ranks",)):
        room = open_room(load("asean-coordinator", [overlay(word, "asean-coordinator") for word in words]))
        members = [room.countries.index(member) for member in room.scenario.blocs["ASEAN"].members]
        stance = negotiate(room, range(64), 1).stance[:, IN_DECEMBER, members, 0]
        share[words] = dict(
            zip(room.scenario.blocs["ASEAN"].members, (stance == 1).mean(axis=0), strict=True)
        )
    total = {words: sum(shares.values()) for words, shares in share.items()}
    assert 0.4 < total[()] - total["not-heard",] < 1.2
    for words in (("another-speaks=SGP",), ("another-speaks=KHM",), ("close-ranks",)):
        assert abs(total[words] - total[()]) < 0.4
    assert share["close-ranks",]["SGP"] > share[()]["SGP"] + 0.1
    assert share["close-ranks",]["KHM"] < share[()]["KHM"]


def test_linkage_wins_nothing_where_somebody_drafts_and_sinks_the_text_that_nobody_drafts():
    free, linked, drafted = (ends("linkage", *words) for words in (("no-linkage",), (), ("floors-pen",)))
    for text in ("global-initiative", "clean-network", "rights-based"):
        assert -2 < (linked[text] - free[text])[0] <= 0
    assert free["un-text"][0] > 12 and linked["un-text"][0] < 2 and drafted["un-text"][0] > 16


def test_five_who_must_all_say_yes_dilute_a_text_and_do_not_agree():
    all_yes, as_tabled, passes = {}, {}, {}
    for words in ((), ("nobody-objects",)):
        room = open_room(load("p5-corridor", [overlay(word, "p5-corridor") for word in words]))
        done = negotiate(room, range(64), 1)
        all_yes[words] = (done.ballots[:, :, 0] == 1).all(axis=1).mean()
        as_tabled[words] = (done.chosen[:, -1, 0] == 0).mean(axis=0)
        passes[words] = (done.adopted_round[:, 0] >= 0).mean()
    assert all_yes[()] < 0.1 and passes[()] < 0.1 and passes["nobody-objects",] > 0.9
    reworded = [room.wordings[0].articles.index(article) for article in ("3", "6", "7", "10")]
    assert (as_tabled[()][reworded] < 0.5).all()
    assert (as_tabled["nobody-objects",][reworded] > 0.6).all()


def test_what_the_five_leave_of_a_text_has_few_friends_in_the_room_of_all():
    own, diluted = (ends("launch-2020", *words)["un-text"] for words in ((), ("wording-of-the-five",)))
    assert own[0] > 60 and diluted[0] < 25


def test_ten_members_let_pass_what_thirteen_delegations_do_not():
    """Few of the ten endorse and nobody objects; partners with a vote would."""
    passes = {}
    for overlays in ((), ("partners-decide",)):
        scenario = load("asean-caucus", [overlay(word, "asean-caucus") for word in overlays])
        room = open_room(scenario)
        ballots = negotiate(room, range(16), 1).ballots.transpose(1, 2, 0)
        passes[overlays] = carries(room, scenario.final_vote, ballots).mean(axis=1)
    assert room.texts == ("global-initiative", "asean-framework", "free-flow-with-trust")
    assert (passes[()][:2] > 0.8).all() and passes[()][2] < 0.2
    assert (passes[("partners-decide",)] < 0.2).all()


def test_it_matters_who_speaks_for_ten_only_where_they_follow_nobody_else():
    endorse = {}
    for words in ((), ("one-voice",)):
        for speaker in ("LAO", "SGP"):
            patches = [overlay(word, "asean-caucus") for word in (*words, f"coordinator={speaker}")]
            room = open_room(load("asean-caucus", patches))
            last = negotiate(room, range(32), 1).stance[:, -1, room.counted]
            endorse[words, speaker] = (
                (last[..., room.texts.index("global-initiative")] == 1).sum(axis=1).mean()
            )
    assert abs(endorse[(), "LAO"] - endorse[(), "SGP"]) < 0.6
    assert endorse[("one-voice",), "LAO"] - endorse[("one-voice",), "SGP"] > 2


def test_free_flow_fails_among_the_ten_on_two_red_lines():
    room = open_room(load("asean-caucus"))
    done = negotiate(room, range(16), 1)
    against = (done.ballots[:, :, room.texts.index("free-flow-with-trust")] == -1).mean(axis=0)
    assert {room.countries[row] for row in np.flatnonzero(against > 0.5)} == {"IDN", "VNM"}


def test_the_host_of_osaka_needs_one_objector_fewer_than_it_makes():
    """Consensus minus one forgives China; conditional flow from the start makes a second objector."""
    found = {}
    for name, overlays in {"as it is": (), "policy space": ("policy-space",)}.items():
        room = load("osaka-to-geneva", [overlay(word, "osaka-to-geneva") for word in overlays])
        found[name] = run(room, replicates=16, seed=1).data.sel(text="free-flow-with-trust")
    adopted = {name: float(data.adopted.mean()) for name, data in found.items()}
    objects = {
        name: {key: float((data.vote.sel(country=key) == -1).mean()) for key in ("CHN", "RUS", "IND")}
        for name, data in found.items()
    }
    assert adopted["as it is"] > adopted["policy space"] > 0.2
    assert min(one["CHN"] for one in objects.values()) > 0.8
    assert objects["policy space"]["RUS"] > 0.5 > objects["as it is"]["RUS"]
    assert objects["policy space"]["IND"] <= objects["as it is"]["IND"] < 0.2
