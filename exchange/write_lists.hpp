// Lists of people for systems that take tables: openIMIS's social protection module, and registries
// that read a CSV file or a JSON list (OpenG2P, OpenSPP, SoSYS).
#pragma once

#include <cstdint>

#include "exchange/outbound.hpp"

namespace tessera {

/// An upload of new individuals to openIMIS's social protection, groups by `group_code`:
/// `first_name,last_name,dob,group_code,individual_role,recipient_info` and, behind them, a column
/// for all else that is known of somebody. openIMIS demands both names and a whole birth date: who
/// lacks one is left out and counted.
///
/// group_code is the household, individual_role openIMIS's word for the role in it, by the sex
/// (a child whose sex is not known is OTHER RELATIVE, the role itself stands in `family_role`).
/// recipient_info is the source's, else 1 for the head of a household and 0 for the others of it.
/// `record_id` is the source's, `beneficiary_identifier` the lasting identifier, and
/// `family_identifier` that of the person's family where the registry has families.
Written write_social_protection(const Outbound& outbound);

/// The shape of a matched list.
enum class ListShape : std::uint8_t { kCsv, kJson };

/// Everybody with all that is known of them: `record_id` (the source's), `beneficiary_identifier`
/// (lasting) and `receiver_id` (the receiver's own, where the person is linked) before all else.
/// JSON: an object `records` holding one object a person, without empty values. Who is not in the
/// tables is left out and counted.
Written write_matched_list(const Outbound& outbound, ListShape shape);

}  // namespace tessera
