package phr.fhir.normalise.medication;

import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Practitioner;
import org.jspecify.annotations.Nullable;
import phr.fhir.jp.CheckupSystem;
import phr.fhir.normalise.medication.part.Place;
import phr.fhir.normalise.medication.record.NotebookRecord;

/**
 * Pharmacies, hospitals and the people in them. What two notebooks say of one of them in different words stays apart; a dispensing
 * knows its pharmacy by number, so other words for it are a new version of the dispensing, not another one.
 */
final class Facilities {

    private final NotebookDrafts drafts;

    Facilities(NotebookDrafts drafts) {
        this.drafts = drafts;
    }

    /** 都道府県 2 + 点数表 1 + コード 7; empty unless all three are stated. */
    static String number(NotebookRecord record) {
        String number = record.code("prefecture") + record.code("score") + record.code("number");
        return number.matches("\\d{10}") ? number : "";
    }

    /** What names it in keys: its number, else its name. */
    static String key(@Nullable NotebookRecord record) {
        if (record == null) {
            return "";
        }
        String number = number(record);
        return number.isEmpty() ? record.textOrEmpty("name") : number;
    }

    /** Record 11: the pharmacy that dispenses and, when a professional wrote the record, its author. */
    String dispensing(NotebookRecord record) {
        return institution(record, drafts.author(record.creator(), drafts.reference("Organization", content(record))));
    }

    /** Record 51, or 11 of another author. */
    String institution(NotebookRecord record, Author author) {
        String key = content(record);
        Organization organization = new Organization().setName(record.text("name"));
        String number = number(record);
        if (!number.isEmpty()) {
            organization
                    .addIdentifier()
                    .setSystem(CheckupSystem.FACILITY_NUMBER.url())
                    .setValue(number);
        }
        telephone(organization, record.text("telephone"));
        String postalCode = record.text("postal-code");
        String address = record.text("address");
        if (postalCode != null || address != null) {
            organization.addAddress().setText(address).setPostalCode(postalCode);
        }
        return drafts.add(organization, key, null, record.place(), author);
    }

    private static String content(NotebookRecord record) {
        return NotebookDrafts.key(
                record.textOrEmpty("name"),
                number(record),
                record.textOrEmpty("postal-code"),
                record.textOrEmpty("address"),
                record.textOrEmpty("telephone"));
    }

    /** The pharmacy of record 701, of which only the name is known. */
    String named(String name, Place place, Author author) {
        return drafts.add(
                new Organization().setName(name), NotebookDrafts.key(name, "", "", "", ""), null, place, author);
    }

    /**
     * @param at reference of the organisation where the person works, null = not known
     */
    String practitioner(String name, @Nullable String contact, @Nullable String at, Place place, Author author) {
        Practitioner practitioner = new Practitioner();
        practitioner.addName().setText(name);
        if (contact != null) {
            practitioner.addTelecom().setSystem(ContactPointSystem.PHONE).setValue(contact);
        }
        String key = NotebookDrafts.key(name, contact == null ? "" : contact, at == null ? "" : at);
        return drafts.add(practitioner, key, null, place, author);
    }

    private static void telephone(Organization organization, @Nullable String number) {
        if (number != null) {
            organization.addTelecom().setSystem(ContactPointSystem.PHONE).setValue(number);
        }
    }
}
