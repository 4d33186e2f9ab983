"""The generated registries as Splink is told of them: registries.toml says the same to Tessera.

Tessera cleans what it reads; Splink expects clean columns, so `TABLES` clean in SQL what that job's
kinds clean: case, diacritics and punctuation of names, placeholders, three forms of dates and
sexes, punctuation of numbers, the country code of phones.
"""

import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import Linker, SettingsCreator, block_on


def _name(column: str) -> str:
    folded = f"trim(regexp_replace(lower(strip_accents({column})), '[^\\pL\\pN]+', ' ', 'g'))"
    return (f"case when {folded} not in ('', 'unknown', 'n a') "
            f"and {folded} not like 'baby of%' then {folded} end")


def _digits(column: str) -> str:
    return f"nullif(regexp_replace({column}, '[^0-9]', '', 'g'), '')"


def _phone(column: str) -> str:
    national = f"regexp_replace({_digits(column)}, '^999(0[0-9]{{9}})$', '\\1')"
    return f"nullif({national}, '9999999999')"


def _date(column: str, form: str) -> str:
    parsed = f"try_strptime({column}, '{form}')::date"
    return f"nullif(strftime({parsed}, '%Y-%m-%d'), '1900-01-01')"


def _table(record_id: str, given: str, family: str, date: str, sex: str, others: str) -> str:
    return (f"select {record_id} as unique_id, {_name(given)} as given_name, "
            f"{_name(family)} as family_name, {date} as birth_date, {sex} as sex, {others} ")


TABLES = {
    "client": _table("record_id", "given_name", "family_name", _date("birth_date", "%Y-%m-%d"),
                     "lower(sex)",
                     f"{_digits('national_id')} as national_id, {_phone('phone')} as phone, "
                     f"{_name('village')} as village, {_name('district')} as district"),
    "social": _table("beneficiary_no", "first_name", "last_name", _date("dob", "%d/%m/%Y"),
                     "case gender when '1' then 'm' when '2' then 'f' end",
                     f"{_digits('id_number')} as national_id, {_phone('mobile')} as phone, "
                     f"{_name('village')} as village, {_name('district')} as district"),
    "crvs": _table("registration_no", "name_given", "name_family",
                   _date("date_of_birth", "%Y-%m-%d"), "left(sex, 1)",
                   f"{_digits('national_id')} as national_id, null::varchar as phone, "
                   f"null::varchar as village, null::varchar as district"),
}


def _names(column: str) -> cl.CustomComparison:
    return cl.CustomComparison(output_column_name=column, comparison_levels=[
        cll.NullLevel(column),
        cll.ExactMatchLevel(column, term_frequency_adjustments=True),
        cll.JaroWinklerLevel(column, 0.92),
        cll.JaroWinklerLevel(column, 0.8),
        cll.ElseLevel(),
    ])


SETTINGS = SettingsCreator(
    link_type="link_and_dedupe",
    blocking_rules_to_generate_predictions=[
        block_on("national_id"),
        block_on("phone", "substr(given_name, 1, 1)"),
        block_on("birth_date", "substr(given_name, 1, 2)"),
        block_on("birth_date", "substr(family_name, 1, 2)"),
        block_on("given_name", "family_name"),
        block_on("family_name", "village", "substr(birth_date, 1, 4)"),
        block_on("given_name", "village", "substr(birth_date, 1, 4)"),
    ],
    comparisons=[
        _names("given_name"),
        _names("family_name"),
        cl.DateOfBirthComparison("birth_date", input_is_string=True),
        cl.ExactMatch("sex"),
        cl.ExactMatch("national_id"),
        cl.ExactMatch("phone"),
        cl.ExactMatch("village").configure(term_frequency_adjustments=True),
        cl.ExactMatch("district").configure(term_frequency_adjustments=True),
    ],
    retain_matching_columns=False,
)


def train(linker: Linker) -> None:
    """As Splink's documentation advises: the prior by strict rules, u by sampling, m by EM."""
    linker.training.estimate_probability_two_random_records_match(
        [block_on("national_id"), block_on("given_name", "family_name", "birth_date")], recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e7, seed=1)
    for rule in (block_on("birth_date", "given_name"), block_on("birth_date", "family_name"),
                 block_on("given_name", "family_name")):
        linker.training.estimate_parameters_using_expectation_maximisation(
            rule, estimate_without_term_frequencies=True, max_pairs=1e7)
