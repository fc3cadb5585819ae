package org_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/sandbox/org"
)

// TestQueriesThatTheDatabaseNarrows holds the part of a condition that SQLite looks at to the answers that Apex alone would give.
func TestQueriesThatTheDatabaseNarrows(t *testing.T) {
	t.Parallel()
	conditions := map[string]struct {
		where string
		want  string
	}{
		"capitals apart":                         {"LastName = 'ADA'", "Ada"},
		"letters beyond ASCII, capitals apart":   {"LastName = 'ÉVA'", "Éva"},
		"either of two fields":                   {"LastName = 'Ada' OR Phone = '+44 20'", "Ada Bea"},
		"a side that any row may fit":            {"LastName = 'Ada' OR (NOT Phone = '+44 20')", "Ada Éva Cy_d"},
		"a list with letters beyond ASCII":       {"LastName IN ('ada', 'éva')", "Ada Éva"},
		"a list in an or":                        {"LastName IN ('Ada', 'Bea') OR LastName LIKE 'cy%'", "Ada Bea Cy_d"},
		"null among the values":                  {"Phone IN ('+44 20', null)", "Bea Cy_d"},
		"an empty text is null":                  {"Phone = ''", "Cy_d"},
		"two conditions":                         {"LastName LIKE '%a' AND Phone LIKE '%4%'", "Ada Bea Éva"},
		"an underscore is any letter":            {"LastName LIKE 'Cy__'", "Cy_d"},
		"an underscore that is meant as one":     {`LastName LIKE 'C_\\_%'`, "Cy_d"},
		"not in a list":                          {"LastName NOT IN ('Ada', 'Bea')", "Éva Cy_d"},
		"a field of the parent":                  {"Account.Name = 'acme'", "Ada"},
		"the parent's field or one's own":        {"Account.Name = 'acme' OR LastName = 'Bea'", "Ada Bea"},
		"an id":                                  {"Id = '0035g0000000002AAA'", "Bea"},
		"an empty list, which nothing is one of": {"Id IN :none", ""},
	}
	class := "global class Ask {\n"
	methods := map[string]string{}
	for name, tc := range conditions {
		method := "ask" + string(rune('A'+len(methods)))
		methods[name] = method
		class += "webservice static String " + method + "() { Set<Id> none = new Set<Id>(); List<String> names = new List<String>();" +
			"for (Contact c : [SELECT LastName FROM Contact WHERE " + tc.where + "]) { names.add(c.LastName); } return String.join(names, ' '); }\n"
	}
	class += "webservice static Integer find(String term) { return ([FIND :term IN PHONE FIELDS RETURNING Contact(Id)])[0].size(); }\n}"
	const may = `<PermissionSet><classAccesses><apexClass>Ask</apexClass><enabled>true</enabled></classAccesses>` +
		`<fieldPermissions><field>Contact.AccountId</field><readable>true</readable></fieldPermissions>` +
		`<fieldPermissions><field>Contact.Phone</field><readable>true</readable></fieldPermissions>` +
		`<objectPermissions><object>Account</object><allowRead>true</allowRead></objectPermissions>` +
		`<objectPermissions><object>Contact</object><allowRead>true</allowRead></objectPermissions></PermissionSet>`
	o := openWith(t, org.Config{
		ProjectDir:     project(t, map[string]string{"main/classes/Ask.cls": class, "main/permissionsets/Asker.permissionset-meta.xml": may}),
		PermissionSets: []string{"Asker"},
	})
	account := insert(t, o, "Account", map[string]any{"Name": "Acme"})
	insert(t, o, "Contact", map[string]any{"LastName": "Ada", "Phone": "0049 (30) 12-34", "AccountId": account})
	insert(t, o, "Contact", map[string]any{"LastName": "Bea", "Phone": "+44 20", "MobilePhone": "+44 7700 900123"})
	insert(t, o, "Contact", map[string]any{"LastName": "Éva", "Phone": "4"})
	insert(t, o, "Contact", map[string]any{"LastName": "Cy_d"})
	for name, tc := range conditions {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := o.RunApex(t.Context(), "Ask", methods[name], "")
			require.True(t, a.Success, "%+v", a.Errors)
			require.Equal(t, map[string]any{"runApex": tc.want}, a.ReturnValue)
		})
	}
	for term, want := range map[string]int64{"301234": 1, "7700900123": 1, "20": 1, "990": 0, "4420 OR 1234": 2} {
		t.Run("a search of phones for "+term, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, map[string]any{"runApex": want}, o.RunApex(t.Context(), "Ask", "find", "term="+strings.ReplaceAll(term, " ", "+")).ReturnValue)
		})
	}
}
