#include "engine/propose_names.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "data/unicode.hpp"

namespace tessera {
namespace {

struct Canonical {
  Meaning meaning;
  std::string_view name;
  Kind kind;
  std::string_view synonyms;  ///< Compact, plainest first.
};

// English, then Spanish, Portuguese, French, German, Italian, Polish, Swahili, Indonesian; then
// abbreviations of known registries (openIMIS, OpenCRVS, HDSS, census offices). A word stands once
// in the whole table.
constexpr std::array<Canonical, kMeaningCount> kCanonical = {{
    {Meaning::kGivenName, "given_name", Kind::kName,
     "givenname firstname givennames firstnames forename forenames namegiven namefirst first fname "
     "givname christianname othernames othername nombre nombres primernombre nome prenome prenom "
     "prenoms "
     "vorname vornamen imie imiona jinalakwanza namadepan fnamec1 pername1 fn gname"},
    {Meaning::kFamilyName, "family_name", Kind::kName,
     "familyname surname lastname surnames familynames namefamily namelast last lname apellido "
     "apellidos "
     "primerapellido sobrenome apelido nomdefamille nom nachname familienname zuname cognome "
     "nazwisko "
     "jinalaukoo jinalamwisho namabelakang lnamec1 pername2 ln sname"},
    {Meaning::kMiddleName, "middle_name", Kind::kName,
     "middlename middlenames namemiddle middle secondname secondgivenname middleinitial mname "
     "segundonombre deuxiemeprenom zweitername jinalakati fnamec2 mi"},
    {Meaning::kBirthName, "birth_name", Kind::kName,
     "birthname nameatbirth maidenname maiden birthsurname surnameatbirth apellidodesoltera "
     "nomdenaissance "
     "nomdejeunefille geburtsname nazwiskorodowe"},
    {Meaning::kPetName, "pet_name", Kind::kName,
     "petname nickname alias preferredname knownas usualname apodo surnom rufname namealias aka"},
    {Meaning::kFullName, "full_name", Kind::kPersonName,
     "fullname completename personname nameofperson nombrecompleto nomecompleto nomcomplet "
     "nometprenom "
     "vollstaendigername jinakamili namalengkap firstandsurname firstandlastname name names jina "
     "nama "
     "displayname"},
    {Meaning::kBirthDate, "birth_date", Kind::kDate,
     "birthdate dateofbirth dob bdate birthday datebirth dobdate birthdt fechadenacimiento "
     "fechanacimiento "
     "fechanac fecnac datadenascimento datanascimento datedenaissance datenaissance ddn "
     "nacimiento nascimento naissance nascita nele neele "
     "geburtsdatum "
     "gebdat datadinascita datanascita dataurodzenia tarehekuzaliwa tareheyakuzaliwa tanggallahir "
     "tgllahir "
     "date"},
    {Meaning::kSex, "sex", Kind::kSex,
     "sex gender genderatbirth sexatbirth sexcode gendercode administrativegender sexo genero sexe "
     "genre "
     "geschlecht sesso plec jinsia jeniskelamin"},
    {Meaning::kNationalId, "national_id", Kind::kIdentifier,
     "nationalid nationalidnumber nationalidno nid nidnumber nin nationalidentitynumber "
     "nationalidentificationnumber identitynumber idnumber idcardnumber idcard idcardno citizenid "
     "personalnumber socialsecuritynumber socsecid ssn socialsecurityno sin passportnumber "
     "passportno "
     "passport aadhaar aadhar cedula dni cpf rut curp ci numeroidentidad documentoidentidad cni "
     "numeroidentite nss pesel codicefiscale steuerid personalausweis nik uin brn "
     "birthregistrationnumber birthcertificatenumber kitambulisho"},
    {Meaning::kInsuranceId, "insurance_id", Kind::kIdentifier,
     "insuranceid insurancenumber insuranceno insureenumber chfid chfnumber nhisnumber nhisno "
     "healthinsurancenumber healthid healthcardnumber medicaid medicaidid medicareid policynumber "
     "taxid taxnumber tin"},
    {Meaning::kPhone, "phone", Kind::kPhone,
     "phone phonenumber phoneno telephone telephonenumber mobile mobilenumber mobilephone mobileno "
     "cellphone cell cellnumber msisdn contactnumber tel telno telefono celular movil telefone "
     "telemovel numerodetelephone portable telefon telefonnummer handy simu nambayasimu nohp "
     "phone1 "
     "homephone contactphone"},
    {Meaning::kEmail, "email", Kind::kEmail,
     "email emailaddress mail mailaddress correo correoelectronico courriel adressemail "
     "adresseemail "
     "contactemail"},
    {Meaning::kMotherName, "mother_name", Kind::kPersonName,
     "mothername mothersname motherfullname nameofmother mothermaidenname mothersmaidenname "
     "nombremadre nombredelamadre nomdelamere nomemae nomedamae jinalamama"},
    {Meaning::kFatherName, "father_name", Kind::kPersonName,
     "fathername fathersname fatherfullname nameoffather nombrepadre nombredelpadre nomdupere "
     "nomepai "
     "nomedopai jinalababa patronymic"},
    {Meaning::kPostcode, "postcode", Kind::kPostcode,
     "postcode postalcode zip zipcode pincode codigopostal cep codepostal plz postleitzahl cap "
     "kodpocztowy kodepos enumpc postcodefake addresszip"},
    {Meaning::kVillage, "village", Kind::kPlace,
     "village villagename hamlet locality settlement neighbourhood neighborhood ward aldea vereda "
     "barrio "
     "bairro hameau dorf kijiji mtaa desa kelurahan"},
    {Meaning::kCity, "city", Kind::kPlace,
     "city town suburb cityname townname municipality commune place residence placeofresidence "
     "addresscity ciudad municipio cidade ville stadt wohnort ort citta comune miasto mji kota"},
    {Meaning::kDistrict, "district", Kind::kPlace,
     "district districtname county subdistrict subcounty distrito arrondissement kreis landkreis "
     "powiat "
     "wilaya kabupaten kecamatan"},
    {Meaning::kRegion, "region", Kind::kPlace,
     "region regionname province state statecode addressstate provincia estado departamento "
     "regione "
     "bundesland wojewodztwo mkoa provinsi"},
    {Meaning::kAddress, "address", Kind::kAddress,
     "address addr fulladdress streetaddress homeaddress residentialaddress postaladdress "
     "addressline "
     "enumcap capadd direccion domicilio endereco morada adresse anschrift indirizzo adres anwani "
     "alamat address1 addressline1 addressstreet1"},
    {Meaning::kAddressLine2, "address_2", Kind::kAddress,
     "address2 addressline2 addressstreet2 addr2 complement complemento"},
    {Meaning::kBirthPlace, "birth_place", Kind::kPlace,
     "birthplace placeofbirth birthcity birthtown cityofbirth lugardenacimiento lugarnacimiento "
     "localdenascimento lieudenaissance geburtsort luogodinascita miejsceurodzenia "
     "mahalipakuzaliwa "
     "tempatlahir"},
    {Meaning::kNationality, "nationality", Kind::kText,
     "nationality citizenship country countryofbirth countrycode birthcountry nacionalidad pais "
     "nacionalidade nationalite pays staatsangehoerigkeit cittadinanza obywatelstwo utaifa"},
    {Meaning::kEthnicity, "ethnicity", Kind::kText, "ethnicity ethnicgroup tribe etnia ethnie"},
    {Meaning::kRace, "race", Kind::kText, "race raza raca"},
    {Meaning::kOccupation, "occupation", Kind::kText,
     "occupation profession job jobtitle ocupacion profesion profissao metier beruf professione "
     "zawod "
     "kazi pekerjaan"},
    {Meaning::kSuffix, "suffix", Kind::kText, "suffix namesuffix generation"},
    {Meaning::kHousehold, "household", Kind::kIdentifier,
     "household householdid householdno householdnumber hhid familyid familynumber hogar menage "
     "haushalt kaya"},
    {Meaning::kBirthOrder, "birth_order", Kind::kText,
     "birthorder orderofbirth birthrank multiplebirth multiplebirthinteger multiplebirthorder "
     "twinorder ordendenacimiento rangdenaissance"},
    {Meaning::kLatitude, "geo", Kind::kGeo, "latitude lat gpslatitude latitud"},
    {Meaning::kLongitude, "geo", Kind::kGeo, "longitude lng lon long gpslongitude longitud"},
    {Meaning::kBirthYear, "birth_date", Kind::kDate,
     "birthyear yearofbirth yob dobyear byear by anonacimiento anodenascimento anneenaissance "
     "geburtsjahr annodinascita annonascita anasc rokurodzenia birthdateyear"},
    {Meaning::kBirthMonth, "birth_date", Kind::kDate,
     "birthmonth monthofbirth mob dobmonth dobmon bmonth bm mesnacimiento moisnaissance "
     "geburtsmonat "
     "birthdatemonth"},
    {Meaning::kBirthDay, "birth_date", Kind::kDate,
     "dayofbirth dobday bday bd dianacimiento journaissance geburtstag birthdateday"},
    {Meaning::kStreetNumber, "address", Kind::kAddress,
     "streetnumber streetno housenumber houseno housenum hsenum hausnummer numerocasa numerorue "
     "civiconumero"},
    {Meaning::kStreetName, "address", Kind::kAddress,
     "streetname street strnam road calle rua rue strasse via ulica"},
    {Meaning::kUpdated, "", Kind::kText,
     "updated updatedat lastupdated lastupdate lastmodified modified modifiedat modifieddate "
     "updatedate "
     "dateupdated changedat fechaactualizacion datemiseajour"},
    {Meaning::kEventDate, "", Kind::kText,
     "visitdate dateofvisit registrationdate dateofregistration registereddate registeredat "
     "createdat "
     "created createddate datecreated enrolmentdate enrollmentdate enrolleddate dateenrolled "
     "entrydate "
     "deathdate dateofdeath marriagedate expirydate validfrom validto issuedate admissiondate "
     "dischargedate interviewdate timestamp"},
    {Meaning::kAge, "", Kind::kText, "age ageyears ageinyears edad idade alter eta umri umur wiek"},
    {Meaning::kRecord, "", Kind::kText,
     "source sourcename sourcedataset dataset file filename batch cluster entityid personcluster "
     "blockingnumber blocknumber rownumber rowno lineno truth trueid groundtruth"},
}};

// Best first. `person_id` and the like come after plain record ids: a person may have several
// records.
constexpr std::string_view kIdNames =
    "recordid recid recordno recordnumber recnr recno rowid id uniqueid uuid guid uid "
    "registrationno "
    "registrationnumber registrationid regno regid beneficiaryno beneficiarynumber beneficiaryid "
    "insureeid memberid memberno clientid clientno patientid patientno mrn personid individualid "
    "applicantid caseid fileno filenumber customerid entityid key";

// Whose the property is, where the record is that person's.
constexpr std::array<std::string_view, 13> kOwners = {
    "patient",  "person",     "client",  "member",     "beneficiary", "insuree",  "applicant",
    "customer", "individual", "subject", "registrant", "respondent",  "recipient"};

// Words after which a name that is not known is still plainly a number or mark of a record.
constexpr std::array<std::string_view, 9> kIdEndings = {"id",  "ids", "no",   "nr",    "num",
                                                        "key", "pk",  "uuid", "number"};

bool is_upper(char32_t c) {
  return c >= U'A' && c <= U'Z';
}
bool is_lower_or_digit(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= U'0' && c <= U'9');
}

// Folded words: parted where a capital follows a small letter, and at all that is neither letter
// nor digit.
std::vector<std::string> words_of(std::string_view column) {
  const std::u32string letters = decode_utf8(column);
  std::u32string spaced;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (i > 0 && is_upper(letters[i]) && is_lower_or_digit(letters[i - 1])) spaced += U' ';
    spaced += letters[i];
  }
  const std::string folded = fold(encode_utf8(spaced));
  std::vector<std::string> words(1);
  for (const char c : folded) {
    const auto byte = static_cast<unsigned char>(c);
    const bool part = byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (part) {
      words.back() += c;
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

std::string joined(const std::vector<std::string>& words, std::size_t from, std::string_view with) {
  std::string text;
  for (std::size_t i = from; i < words.size(); ++i) {
    if (i > from) text += with;
    text += words[i];
  }
  return text;
}

// The place of `word` in a list parted by blanks.
std::optional<std::uint32_t> place_in(std::string_view list, std::string_view word) {
  std::uint32_t place = 0;
  while (!list.empty()) {
    const std::size_t end = std::min(list.size(), list.find(' '));
    if (list.substr(0, end) == word) return place;
    list.remove_prefix(std::min(list.size(), end + 1));
    ++place;
  }
  return std::nullopt;
}

std::optional<NamedMeaning> meaning_of(const std::string& compact) {
  for (const Canonical& canonical : kCanonical) {
    if (const auto rank = place_in(canonical.synonyms, compact)) {
      return NamedMeaning{canonical.meaning, *rank};
    }
  }
  return std::nullopt;
}

bool is_owner(const std::string& word) {
  return std::find(kOwners.begin(), kOwners.end(), word) != kOwners.end();
}

}  // namespace

std::string compact_name(std::string_view column) {
  return joined(words_of(column), 0, "");
}

std::string attribute_name_from(std::string_view column) {
  return joined(words_of(column), 0, "_");
}

std::optional<NamedMeaning> meaning_of_name(std::string_view column) {
  const std::vector<std::string> words = words_of(column);
  if (words.empty()) return std::nullopt;
  if (const auto whole = meaning_of(joined(words, 0, ""))) return whole;
  if (words.size() < 2 || !is_owner(words.front())) return std::nullopt;
  return meaning_of(joined(words, 1, ""));
}

bool is_of_a_people(Meaning meaning) {
  return meaning == Meaning::kNationality || meaning == Meaning::kEthnicity ||
         meaning == Meaning::kRace;
}

std::optional<std::uint32_t> id_rank_of_name(std::string_view column) {
  const std::vector<std::string> words = words_of(column);
  if (words.empty()) return std::nullopt;
  if (const auto rank = place_in(kIdNames, joined(words, 0, ""))) return rank;
  const std::optional<NamedMeaning> meaning = meaning_of_name(column);
  const bool id_like =
      std::find(kIdEndings.begin(), kIdEndings.end(), words.back()) != kIdEndings.end();
  if (!id_like || (meaning && meaning->meaning != Meaning::kRecord)) return std::nullopt;
  return 1000;
}

std::string_view canonical_name(Meaning meaning) {
  return kCanonical[static_cast<std::size_t>(meaning)].name;
}

Kind canonical_kind(Meaning meaning) {
  return kCanonical[static_cast<std::size_t>(meaning)].kind;
}

}  // namespace tessera
