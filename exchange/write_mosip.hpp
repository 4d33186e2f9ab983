// Rows for MOSIP's authentication: who a person says to be, and the demographic data to check.
#pragma once

#include "exchange/outbound.hpp"

namespace tessera {

/// One JSON object a line and person, as MOSIP's authentication request has them: `individualId`,
/// `individualIdType` (`UIN` or `VID`), `transactionID` (the lasting identifier, else the record's
/// id) and `demographics` (`name`, `dob` as yyyy/MM/dd, `gender`, `phoneNumber`, `emailId`,
/// `addressLine1`, `location1` … `location4`, `postalCode`), each value of a language as a list.
///
/// `individualId` is a UIN, else a perpetual VID: a temporary VID or a partner's token names nobody
/// the next day, a national id is none of MOSIP's. Who has neither, or no name and no birth date to
/// check, is left out and counted. language: of the values, ISO 639-2 (`eng`).
Written write_mosip_auth(const Outbound& outbound, const std::string& language);

}  // namespace tessera
