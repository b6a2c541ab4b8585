package phr.fhir.normalise;

import java.time.LocalDate;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;

/**
 * The account a file is uploaded to. A file can only contradict it, never choose it (checkup-cda.md §5.2).
 *
 * @param name kanji name, 姓 名
 * @param kana reading of the name
 */
public record Account(
        PersonId person,
        @Nullable String name,
        @Nullable String kana,
        AdministrativeGender gender,
        @Nullable LocalDate birthDate) {}
