package org

import (
	"strings"

	"flexcaselog/internal/apexrun"
)

// addPersonAccounts gives Accounts and Contacts the fields that they have in an org with Person Accounts. No permission hides them.
func (p *project) addPersonAccounts() {
	account, contact := p.object("Account"), p.object("Contact")
	account.Add(always(text("FirstName", 40)))
	account.Add(always(text("LastName", 80)))
	account.Add(always(readOnly(checkbox("IsPersonAccount"))))
	account.Add(always(readOnly(lookup("PersonContactId", "", "Contact"))))
	contact.Add(always(readOnly(checkbox("IsPersonAccount"))))
}

// takePerson returns the Contact of a new Account that is a person, and names the Account after them; nil where it is a business.
func takePerson(o *apexrun.Object, row apexrun.Row) apexrun.Row {
	if o.Name != "Account" || row["LastName"] == nil {
		return nil
	}
	first, _ := row["FirstName"].(string)
	last, _ := row["LastName"].(string)
	row["Name"] = strings.TrimSpace(first + " " + last)
	row["IsPersonAccount"] = true
	return apexrun.Row{"FirstName": row["FirstName"], "LastName": last, "Phone": row["Phone"]}
}

// insertPerson writes the Contact that is half of a Person Account.
func (t *tx) insertPerson(account string, person apexrun.Row) error {
	person["AccountId"] = account
	contact, err := t.Insert(t.store.Object("Contact"), person)
	if err != nil {
		return err
	}
	if err := t.exec(`UPDATE "Contact" SET "IsPersonAccount" = 1 WHERE "Id" = ?`, contact); err != nil {
		return err
	}
	return t.exec(`UPDATE "Account" SET "PersonContactId" = ? WHERE "Id" = ?`, contact, account)
}
