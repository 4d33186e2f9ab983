// What a result looks like, counted: the numbers behind the charts of report.html.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace tessera {

/// Everything is counts and weights: no value of a record, and no record's name.
struct ResultFacts {
  /// How full one attribute is.
  struct Fill {
    std::string attribute;
    std::vector<std::uint64_t> records;  ///< per source: with a usable value
  };
  /// Pairs that were kept, of a weight from `from_bits` to one bit more; the outermost bins hold
  /// what lies beyond (engine/bin_weights.hpp).
  struct Bin {
    int from_bits = 0;
    std::uint64_t pairs = 0;
  };
  /// The entities of one size. An entity holds together by its strongest links; the weakest of
  /// those that it cannot do without is where it would part first.
  struct Size {
    std::uint64_t records = 0;
    std::uint64_t entities = 0;
    double weakest_bits = 0.0;   ///< The least among the entities; 0 for single records.
    double median_bits = 0.0;    ///< Half of the entities have one as strong or stronger.
    std::uint64_t unlinked = 0;  ///< Entities that no chain of links spans: other evidence joined
                                 ///< them.
  };
  struct SourcePair {
    std::string left;
    std::string right;
    std::uint64_t links = 0;   ///< Pairs at or over the link threshold, both in one entity.
    std::uint64_t cut = 0;     ///< Likewise, but left in two entities.
    std::uint64_t review = 0;  ///< Pairs of the clerical band.
  };
  /// Records that say so little that their own copy, in the source that they share most persons
  /// with, would not be linked to them.
  struct Unlinkable {
    std::string source;
    std::uint64_t records = 0;
    std::uint64_t looked_at = 0;  ///< Of the source's records: all, or every so many.
  };

  /// A share that is not known but expected, and where it should lie.
  struct Share {
    double expected = 1.0;
    double low = 0.0;
    double high = 1.0;
  };
  /// Links of one sort. No value of a record but sexes, decades and scripts, of 11 links at least.
  struct QualityGroup {
    std::string by;  ///< `sources`, `sex`, `born`, `script`, `values missing`.
    std::string name;
    std::uint64_t links = 0;
    Share precision;
    Share recall;  ///< Among the pairs that were kept.
  };
  /// As expected_quality says (engine/expected_quality.hpp).
  struct Quality {
    std::uint64_t links = 0;
    double expected_links = 0.0;     ///< Matches among the links.
    double expected_doubtful = 0.0;  ///< Matches in the clerical band.
    double expected_below = 0.0;     ///< Matches compared and not kept.
    bool below_counted = false;      ///< False: expected_below is not known, and 0.
    Share precision;
    Share recall;
    std::vector<QualityGroup> groups;
  };

  Quality quality;
  std::vector<Fill> completeness;        ///< One per attribute.
  std::vector<Bin> weights;              ///< Ascending; empty bins left out.
  std::vector<Size> sizes;               ///< Ascending by records.
  std::vector<SourcePair> source_pairs;  ///< Of the sources that may be linked, in job order.
  std::vector<Unlinkable> unlinkable;    ///< One per source.
};

}  // namespace tessera
