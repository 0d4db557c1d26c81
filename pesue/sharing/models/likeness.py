"""What a text is like, for two weeks: enough to find its near copies."""

from django.db import models

from pesue.sharing.models.shares import Share


class Likeness(models.Model):
    """One band of a text's MinHash; near copies share at least one."""

    share = models.ForeignKey(Share, models.CASCADE, related_name="likenesses")
    key = models.BigIntegerField()  # of a band and what stands in it
    at = models.DateTimeField(db_index=True)  # when the text went out

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["share", "key"], name="a_band_once")
        ]
        indexes = [models.Index(fields=["key", "-at"], name="texts_like_this")]

    def __str__(self) -> str:
        return f"band {self.key} of share {self.share_id}"
