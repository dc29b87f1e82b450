"""The constraint that makes the database itself refuse a double booking (rule B2).

PostgreSQL has exclusion constraints. SQLite has none, so there two triggers look, after each
insert or update, at the nearest earlier booking of the same therapist or room: since those that
stand already do not overlap, that one alone can reach into the new one.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, IntegrityError, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement, Table
from django.db.models import Q
from django.db.models.sql import Query

_EXCLUSION = (
    "CONSTRAINT %(name)s EXCLUDE USING gist"
    # A range of one number lets gist compare integers without an extension.
    " (int8range(%(owner)s, %(owner)s, '[]') WITH =,"
    " int8range(%(start)s, %(end)s) WITH &&) WHERE (%(condition)s)"
)

_TRIGGER = (
    "CREATE TRIGGER %(name)s AFTER %(event)s ON %(table)s BEGIN"
    " SELECT RAISE(ABORT, %(message)s) FROM %(table)s"
    " WHERE %(pk)s = NEW.%(pk)s AND (%(condition)s) AND NEW.%(start)s <"
    " (SELECT %(end)s FROM %(table)s WHERE %(owner)s = NEW.%(owner)s"
    " AND %(start)s < NEW.%(end)s AND %(pk)s <> NEW.%(pk)s AND (%(condition)s)"
    " ORDER BY %(start)s DESC LIMIT 1);"
    " END"
)

_CHECK_OF_STANDING_ROWS = "UPDATE %(table)s SET %(start)s = %(start)s"


class NoOverlap(models.BaseConstraint):
    """No two rows that meet the condition have one owner and overlapping `[start, end)`.

    `owner` is a foreign key, `start` and `end` are integer fields; none of them may be null.
    """

    def __init__(
        self,
        owner: str,
        *,
        start: str,
        end: str,
        condition: Q,
        name: str,
        violation_error_code: str | None = None,
        violation_error_message: Any = None,
    ) -> None:
        """Name the fields; the rest is as in Django's own constraints."""
        self.owner, self.start, self.end, self.condition = owner, start, end, condition
        super().__init__(
            name=name,
            violation_error_code=violation_error_code,
            violation_error_message=violation_error_message,
        )

    def broken_by(self, error: IntegrityError) -> bool:
        """Whether a write failed because of this constraint."""
        return self.name in str(error)

    def constraint_sql(
        self,
        model: type[models.Model] | None,
        schema_editor: BaseDatabaseSchemaEditor | None,
    ) -> str:
        """What stands inside CREATE TABLE; SQLite's triggers follow once the table is there."""
        assert model is not None and schema_editor is not None  # optional only in the stubs
        if schema_editor.connection.vendor == "postgresql":
            return _EXCLUSION % self._parts(model, schema_editor)
        # Deferred, because a changed table is first built under another name; Django renames
        # the tables in deferred statements along with it.
        schema_editor.deferred_sql.extend(self._triggers(model, schema_editor))
        return ""

    def create_sql(
        self,
        model: type[models.Model] | None,
        schema_editor: BaseDatabaseSchemaEditor | None,
    ) -> str:
        """Add the constraint to a table that exists (PostgreSQL; SQLite builds a new one)."""
        assert model is not None and schema_editor is not None  # optional only in the stubs
        table = schema_editor.quote_name(model._meta.db_table)
        return f"ALTER TABLE {table} ADD {_EXCLUSION % self._parts(model, schema_editor)}"

    def remove_sql(
        self,
        model: type[models.Model] | None,
        schema_editor: BaseDatabaseSchemaEditor | None,
    ) -> str:
        """Drop the constraint from a table (PostgreSQL; SQLite builds a new one without)."""
        assert model is not None and schema_editor is not None  # optional only in the stubs
        table = schema_editor.quote_name(model._meta.db_table)
        return f"ALTER TABLE {table} DROP CONSTRAINT {schema_editor.quote_name(self.name)}"

    def validate(
        self,
        model: type[models.Model],
        instance: models.Model,
        exclude: Any = None,
        using: str = DEFAULT_DB_ALIAS,
    ) -> None:
        """Refuse an instance that overlaps a stored row, before the database has to."""
        names = (self.owner, self.start, self.end)
        if exclude and not {*names, *self._condition_fields(model)}.isdisjoint(exclude):
            return
        owner, start, end = (
            getattr(instance, model._meta.get_field(name).attname)  # type: ignore[union-attr]  # plain columns
            for name in names
        )
        if None in (owner, start, end):
            return
        rows = model._default_manager.using(using).exclude(pk=instance.pk)
        overlapping = rows.filter(
            self.condition,
            **{self.owner: owner, f"{self.start}__lt": end, f"{self.end}__gt": start},
        )
        against = instance._get_field_expression_map(meta=model._meta, exclude=exclude)  # type: ignore[attr-defined]  # as CheckConstraint does
        if self.condition.check(against, using=using) and overlapping.exists():
            raise ValidationError(
                self.get_violation_error_message(), code=self.violation_error_code
            )

    def deconstruct(self) -> Any:
        """Path and arguments, for migrations."""
        path, _, kwargs = super().deconstruct()
        parts = {"start": self.start, "end": self.end, "condition": self.condition}
        return path, (self.owner,), parts | kwargs

    def __eq__(self, other: object) -> bool:
        if isinstance(other, NoOverlap):
            return bool(self.deconstruct() == other.deconstruct())
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]  # compared by value, as Django's own

    def _triggers(
        self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor
    ) -> list[Statement]:
        """The triggers, and a change of nothing that makes them judge the rows that stand."""
        parts = self._parts(model, schema_editor)
        table = Table(model._meta.db_table, schema_editor.quote_name)
        watched = ", ".join([parts["owner"], parts["start"], parts["end"]])
        events = {
            "insert": "INSERT",
            "update": f"UPDATE OF {watched}, {self._watched(model)}",
        }
        triggers = [
            Statement(
                _TRIGGER,
                table=table,
                **parts
                | {
                    "name": schema_editor.quote_name(f"{self.name}_{suffix}"),
                    "event": event,
                },
            )
            for suffix, event in events.items()
        ]
        return [*triggers, Statement(_CHECK_OF_STANDING_ROWS, table=table, start=parts["start"])]

    def _watched(self, model: type[models.Model]) -> str:
        """The columns of the condition: a change of state can bring an overlap to life."""
        columns = {_column(model, name) for name in self._condition_fields(model)}
        return ", ".join(f'"{column}"' for column in sorted(columns))

    def _condition_fields(self, model: type[models.Model]) -> set[str]:
        references = model._get_expr_references(self.condition)  # type: ignore[attr-defined]  # as Django's own constraints
        return {name for name, *_ in references}

    def _parts(
        self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor
    ) -> dict[str, str]:
        """The quoted names and the condition in SQL."""

        def column(name: str) -> str:
            return schema_editor.quote_name(_column(model, name))

        query = Query(model=model, alias_cols=False)
        compiler = query.get_compiler(connection=schema_editor.connection)
        sql, params = query.build_where(self.condition).as_sql(compiler, schema_editor.connection)
        return {
            "name": schema_editor.quote_name(self.name),
            "message": str(schema_editor.quote_value(self.name)),
            "owner": column(self.owner),
            "start": column(self.start),
            "end": column(self.end),
            "pk": column(model._meta.pk.name),
            "condition": sql % tuple(schema_editor.quote_value(value) for value in params),
        }


def _column(model: type[models.Model], name: str) -> str:
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field) and field.column is not None  # no many-to-many
    return field.column
