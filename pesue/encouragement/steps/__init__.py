"""What the worker does in this room. Each step may be run again at any time."""

from pesue.encouragement.steps.awards import forget_awards as forget_awards
from pesue.encouragement.steps.awards import move_awards as move_awards
from pesue.encouragement.steps.awards import tell_awards as tell_awards
from pesue.encouragement.steps.ballots import count_votes as count_votes
from pesue.encouragement.steps.ballots import open_votes as open_votes
from pesue.encouragement.steps.boards import count_leagues as count_leagues
from pesue.encouragement.steps.boards import count_players as count_players
from pesue.encouragement.steps.cards import forget_letters as forget_letters
from pesue.encouragement.steps.cards import make_cards as make_cards
from pesue.encouragement.steps.earning import close_budgets as close_budgets
from pesue.encouragement.steps.earning import earn as earn
from pesue.encouragement.steps.earning import take_back as take_back
from pesue.encouragement.steps.goals import count_goals as count_goals
from pesue.encouragement.steps.goals import thank_for_goals as thank_for_goals
from pesue.encouragement.steps.impact import note_met as note_met
from pesue.encouragement.steps.impact import tell_impact as tell_impact
from pesue.encouragement.steps.motives import judge_motives as judge_motives
from pesue.encouragement.steps.motives import release_motives as release_motives
from pesue.encouragement.steps.offers import write_of_steps as write_of_steps
from pesue.encouragement.steps.rewards import close_claims as close_claims
from pesue.encouragement.steps.rewards import pay_out as pay_out
