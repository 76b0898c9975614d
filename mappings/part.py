"""What every group of keys in a mapping file has in common."""

from pydantic import BaseModel, ConfigDict, model_validator


class Part(BaseModel):
    """A group of keys; an empty value is the same as a key left out, an unknown key never is."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _without_empty_values(cls, data: object) -> object:
        if not isinstance(data, dict):
            return data
        known = {field.alias or name for name, field in cls.model_fields.items()}
        return {key: value for key, value in data.items() if value is not None or key not in known}
