package phr.portability;

import java.time.LocalDate;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;

/**
 * Whose record a package holds.
 *
 * @param person the gateway's own id; never leaves
 * @param pairwise the id the package uses instead
 * @param name 姓 名, one space between
 * @param kana reading of the name, one space between
 */
public record Subject(
        PersonId person,
        String pairwise,
        @Nullable String name,
        @Nullable String kana,
        AdministrativeGender gender,
        @Nullable LocalDate birthDate) {}
