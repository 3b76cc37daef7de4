"""The entailment tier of the citation measures: a natural-language-inference model, where one is configured."""

from typing import Any

from bot.errors import SettingsError


class Entailment:
    """Whether a source entails a sentence, by the label that an NLI classifier finds likeliest."""

    def __init__(self, model: str) -> None:
        """Load a folder or cached name of a sequence classifier. Raises SettingsError when it cannot serve."""
        from transformers import AutoModelForSequenceClassification, AutoTokenizer

        try:
            self._tokenizer: Any = AutoTokenizer.from_pretrained(model, local_files_only=True)
            self._model: Any = AutoModelForSequenceClassification.from_pretrained(model, local_files_only=True)
        except (OSError, ValueError) as exc:
            raise SettingsError(
                f"Không nạp được mô hình suy diễn «{model}»: {exc}.", "Hãy đưa thư mục của một mô hình NLI đã tải về."
            ) from exc
        labels = {int(number): str(label).lower() for number, label in self._model.config.id2label.items()}
        entailing = [number for number, label in labels.items() if label.startswith("entail")]
        if not entailing:
            raise SettingsError(
                f"Mô hình «{model}» không có nhãn «entailment» (có: {', '.join(labels.values())}).",
                "Hãy chọn một mô hình suy diễn (NLI).",
            )
        self._entailing = entailing[0]
        # Some tokenizers give no limit; some models keep two positions for themselves.
        positions = getattr(self._model.config, "max_position_embeddings", 512) - 2
        self._limit_tokens = min(int(self._tokenizer.model_max_length), positions)

    def __call__(self, sentence: str, source: str) -> bool:
        """The source is the premise, the sentence the hypothesis; the longer is cut at the model's length."""
        import torch

        encoded = self._tokenizer(source, sentence, truncation=True, max_length=self._limit_tokens, return_tensors="pt")
        with torch.inference_mode():
            scores = self._model(**encoded).logits[0]
        return int(scores.argmax()) == self._entailing
