package phr.portability.sphr;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.jspecify.annotations.Nullable;

/**
 * What the first line of {@code index.phr} says.
 *
 * @param pairwise id of the person in this package
 * @param name 姓 名, one space between; null when the provider does not know it
 * @param kana reading
 * @param providerId service id
 * @param written instant of the package with offset
 */
public record Cover(
        String pairwise,
        @Nullable String name,
        @Nullable String kana,
        AdministrativeGender gender,
        @Nullable LocalDate birthDate,
        String providerId,
        String providerName,
        OffsetDateTime written) {}
