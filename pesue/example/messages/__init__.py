"""What we write to people in this room; importing it declares every kind of mail."""

from pesue.example.messages import examples as examples
from pesue.example.messages import leaders as leaders
from pesue.example.messages import pairs as pairs
from pesue.example.messages import takeovers as takeovers
