"""What an import refuses, each as one sentence with the place. Places are rows, columns and bytes."""

from django.utils.translation import gettext_lazy as _

from tutela.base.errors import Conflict, Invalid, NotFound, Unavailable
from tutela.base.free_text import noun_of


class BadFile(Invalid):
    """The file cannot be read as a table."""

    code = "vault.import.file_bad"
    sentence = _("The file cannot be read as a table.")


class FileMissing(BadFile):
    code = "vault.import.file_missing"
    sentence = _("File %(path)s does not exist.")


class FileClosed(BadFile):
    code = "vault.import.file_closed"
    sentence = _("This account has no permission to read the file %(path)s.")


class FileChanged(BadFile):
    code = "vault.import.file_changed"
    sentence = _("The file has changed since it was first read. Upload or import it again.")


class FileEmpty(BadFile):
    code = "vault.import.file_empty"
    sentence = _("The file is empty.")


class NotATable(BadFile):
    code = "vault.import.not_a_table"
    sentence = _("The file is %(kind)s, not a table. Provide CSV, XLSX, XLS, ODS, DBF or Parquet.")


class EncodingUnknown(BadFile):
    """`looks`: the encoding that it looks like, "" for none that is known."""

    code = "vault.import.encoding_unknown"
    sentence = _(
        "The text is not UTF-8, UTF-16 with a byte order mark, or GB18030: byte "
        "%(byte)s is invalid or what it says is no text. Save the file as UTF-8, or choose its encoding."
    )
    likely = _(
        "The text is not UTF-8; it looks like %(looks)s. If that is right, choose %(looks)s as its "
        "encoding; otherwise save the file as UTF-8."
    )

    def text(self) -> str:
        return str(self.likely if self.params["looks"] else self.sentence) % self.params


class EncodingHidden(BadFile):
    code = "vault.import.encoding_hidden"
    sentence = _("The text seems to be in %(looks)s, which is not read. Save the file as UTF-8.")


class EncodingUnsupported(BadFile):
    code = "vault.import.encoding_unsupported"
    sentence = _("There is no such encoding to choose. Choose one of these: %(names)s.")


class EncodingWrong(BadFile):
    """`looks`: the encoding that it looks like, "" for none that is known."""

    code = "vault.import.encoding_wrong"
    sentence = _(
        "The file is not in the encoding %(encoding)s: byte %(byte)s is invalid. Choose another "
        "encoding, or none, so that Tutela finds it."
    )
    likely = _(
        "The file is not in the encoding %(encoding)s: byte %(byte)s is invalid. It looks like %(looks)s."
    )

    def text(self) -> str:
        return str(self.likely if self.params["looks"] else self.sentence) % self.params


class EncodingDoubtful(BadFile):
    code = "vault.import.encoding_doubtful"
    sentence = _(
        "In the encoding %(encoding)s the text would be other characters than were written: it looks "
        "like %(looks)s. Choose %(looks)s, or save the file as UTF-8."
    )


class EncodingTwice(BadFile):
    code = "vault.import.encoding_twice"
    sentence = _(
        "The text was read in a wrong encoding before it was saved as UTF-8, so its characters are "
        "no longer those that were written. Export it from the source system again."
    )


class DelimiterUnknown(BadFile):
    """`seen`: what seems to divide the cells, as it is written, "" for nothing."""

    code = "vault.import.delimiter_unknown"
    sentence = _(
        "Neither comma, semicolon, tab nor vertical bar divides the first %(rows)s lines into the same "
        "columns. Choose the delimiter, or export the table as CSV or XLSX."
    )
    likely = _(
        "The columns seem to be divided by %(seen)s. If that is right, choose it as the delimiter; "
        "otherwise export the table as CSV or XLSX."
    )

    def text(self) -> str:
        return str(self.likely if self.params["seen"] else self.sentence) % self.params


class DelimiterWrong(BadFile):
    code = "vault.import.delimiter_wrong"
    sentence = _("The delimiter %(delimiter)s stands in none of the first %(rows)s lines.")


class FixedWidth(BadFile):
    code = "vault.import.fixed_width"
    sentence = _(
        "The columns seem to be places of fixed width, which are not read, because nothing says where one "
        "ends. Export the table with a delimiter, or open it in a spreadsheet program, divide its "
        "columns there and save it as XLSX."
    )


class DelimiterBad(BadFile):
    code = "vault.import.delimiter_bad"
    sentence = _(
        "A delimiter has one to eight characters; letters, digits, quotation marks and line breaks are "
        "none. Write a tab as \\t and the control character 01 as \\x01."
    )


class CellTooLarge(BadFile):
    code = "vault.import.cell_too_large"
    sentence = _("A cell near row %(row)s is larger than %(limit)s bytes.")


class TooManyColumns(BadFile):
    code = "vault.import.columns_too_many"
    sentence = _("The table has %(columns)s columns; at most %(limit)s can be read.")


class HeaderMissing(BadFile):
    code = "vault.import.header_missing"
    sentence = _(
        "None of the first %(rows)s rows looks like column names. Put a row with the name of each "
        "column above the data."
    )


class HeaderHoldsValue(BadFile):
    """A header is kept with the mapping and named in messages, so no value may stand in it."""

    code = "vault.import.header_holds_value"
    sentence = _(
        "The header of column %(column)s looks like %(name)s, so this is a data row. "
        "Add a row with the column names above it."
    )

    def text(self) -> str:
        return str(self.sentence) % {**self.params, "name": noun_of(str(self.params["kind"]))}


class HeaderTwice(BadFile):
    code = "vault.import.header_twice"
    sentence = _("Columns %(first)s and %(second)s have the same header.")
    named = _("Columns %(first)s and %(second)s have the same header, “%(name)s”.")

    def text(self) -> str:
        return str(self.named if self.params.get("name") else self.sentence) % self.params


class NoRows(BadFile):
    code = "vault.import.rows_missing"
    sentence = _("The table has a header in row %(row)s but no rows below it.")


class ZipBomb(BadFile):
    code = "vault.import.zip_bomb"
    sentence = _(
        "The file would need more than %(limit)s bytes of memory when opened and was "
        "refused. Save it again with only the cells that contain data, or export CSV."
    )


class SheetBroken(BadFile):
    code = "vault.import.sheet_broken"
    sentence = _(
        "The file is damaged: it begins like %(kind)s but cannot be read to its end. "
        "Save or export it again."
    )


class SheetMissing(BadFile):
    code = "vault.import.sheet_missing"
    sentence = _("The workbook has no sheet of this name. Its sheets: %(sheets)s.")


class ParquetEncrypted(BadFile):
    code = "vault.import.parquet_encrypted"
    sentence = _(
        "The Parquet file is encrypted. Export it without encryption: Tutela encrypts every value "
        "itself."
    )


class ColumnRefused(BadFile):
    code = "vault.import.column_refused"
    sentence = _(
        "Column %(column)s has the Parquet type %(type)s, which contains no single values. Leave it out "
        "of the mapping, or export it as text."
    )


class ColumnNotText(BadFile):
    code = "vault.import.column_not_text"
    sentence = _(
        "Column %(column)s contains bytes that are not UTF-8. Leave it out of the mapping, or export it "
        "as UTF-8 text."
    )


class ColumnMissing(Invalid):
    """Of a list that has its own columns."""

    code = "vault.import.column_missing"
    sentence = _(
        "The file has no column %(column)s. Its header must have the names that are asked for."
    )


class RowUnreadable(Invalid):
    code = "vault.import.row_unreadable"
    sentence = _("Row %(row)s cannot be read, and nothing was stored. %(reason)s")


class ListTooLong(Invalid):
    code = "vault.import.list_too_long"
    sentence = _("The list has more than %(limit)s rows. Divide it into several files.")


class MappingBad(Invalid):
    """The mapping cannot be used."""

    code = "vault.import.mapping_bad"
    sentence = _("The mapping is invalid.")


class FieldUnknown(MappingBad):
    code = "vault.import.field_unknown"
    sentence = _(
        "Column %(column)s is mapped to %(field)s, which is not a field of %(collection)s."
    )


class FieldTwice(MappingBad):
    code = "vault.import.field_twice"
    sentence = _("Field %(field)s is mapped from columns %(first)s and %(second)s.")


class FieldMissing(MappingBad):
    code = "vault.import.field_missing"
    sentence = _("Field %(field)s must be mapped.")


class ClearsUnmapped(MappingBad):
    code = "vault.import.clears_unmapped"
    sentence = _("Field %(field)s is to be cleared by blank cells, but no column is mapped to it.")


class ColumnUnknown(MappingBad):
    code = "vault.import.column_unknown"
    sentence = _("The mapping names column %(column)s, which the file does not have.")


class MappingTaken(MappingBad):
    code = "vault.import.mapping_taken"
    sentence = _("Another account has already saved a mapping with this name. Choose another name.")


class MappingMissing(NotFound):
    code = "vault.import.mapping_missing"
    sentence = _("No saved mapping has this name.")


class CollectionUnknown(Invalid):
    code = "vault.import.collection_unknown"
    sentence = _("Collection %(collection)s does not exist.")


class BatchMissing(NotFound):
    code = "vault.import.batch_missing"
    sentence = _("The import does not exist.")


class ImportStopped(Unavailable):
    code = "vault.import.stopped"
    sentence = _(
        "The import stopped at chunk %(chunk)s (%(cause)s). Committed rows are kept; "
        "run the same file again to resume."
    )


class RejectsUnwritable(Unavailable):
    code = "vault.import.rejects_unwritable"
    sentence = _("The list of rejected rows cannot be written to %(path)s.")


class RehearsalOver(Conflict):
    code = "vault.import.rehearsal_over"
    sentence = _("The file of this dry run no longer exists. Upload it again.")


class ImportRunning(Conflict):
    code = "vault.import.running"
    sentence = _("The same file is already being imported.")


class BranchMissing(Conflict):
    code = "vault.import.branch_missing"
    sentence = _("There is no head office yet: import the branches first.")
