"""What we write to people in this room; importing it declares every kind of mail."""

from pesue.encouragement.messages import awards as awards
from pesue.encouragement.messages import budgets as budgets
from pesue.encouragement.messages import cards as cards
from pesue.encouragement.messages import earned as earned
from pesue.encouragement.messages import goals as goals
from pesue.encouragement.messages import honours as honours
from pesue.encouragement.messages import impact as impact
from pesue.encouragement.messages import letters as letters
from pesue.encouragement.messages import offers as offers
from pesue.encouragement.messages import rewards as rewards
from pesue.encouragement.messages import thanks as thanks
