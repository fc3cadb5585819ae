package apexrun_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/apexrun"
)

const guest = "005000000000009AAA"

// asGuest loads a class whose method runs as somebody with just that access, in a store with a Case of theirs and one of another.
func asGuest(t *testing.T, access *apexrun.Access, sharing apexrun.Sharing, body, class string) (any, error) {
	t.Helper()
	store := newMemory()
	store.objects["case"].Add(apexrun.Field{Name: "OwnerId", Type: apexrun.TypeReference, ReferenceTo: []string{"User"}, Always: true})
	store.objects["case"].Sharing = sharing
	_, err := run(t, store, "insert as system new List<Case>{ new Case(Subject = 'mine', OwnerId = '"+guest+"'), new Case(Subject = 'other', OwnerId = '005000000000008AAA') }; return null;", "")
	require.NoError(t, err)
	access.Classes = map[string]bool{"probe": true}
	store.access = map[string]*apexrun.Access{guest: access}
	source := map[string]string{"Probe": "global " + class + " class Probe { webservice static Object run() { " + body + " } }"}
	return load(t, store, source).As(guest).Call(t.Context(), "Probe", "run", nil)
}

func TestAccess(t *testing.T) {
	t.Parallel()
	read := apexrun.Access{
		Objects: map[string]apexrun.ObjectAccess{"Case": {Read: true}},
		Fields:  map[string]apexrun.FieldAccess{"Case.Subject": {Read: true}},
	}
	write := apexrun.Access{
		Objects: map[string]apexrun.ObjectAccess{"Case": {Read: true, Create: true, Edit: true}},
		Fields:  map[string]apexrun.FieldAccess{"Case.Subject": {Read: true, Edit: true}, "Case.Key__c": {Read: true}},
	}
	const denied, hidden = "System.SecurityException: Access to entity 'Case' denied", "System.DmlException: Operation failed due to fields being inaccessible on Sobject Case, check errors on Exception or Result!"
	for name, tc := range map[string]struct {
		access apexrun.Access
		body   string
		want   any
		says   string
	}{
		"a query is in user mode by itself":         {apexrun.Access{}, "return [SELECT COUNT() FROM Case];", nil, denied},
		"a query as the system":                     {apexrun.Access{}, "return [SELECT COUNT() FROM Case WITH SYSTEM_MODE];", int64(2), ""},
		"a query made at run time":                  {apexrun.Access{}, "return Database.query('SELECT Id FROM Case').size();", nil, denied},
		"a query made at run time as the system":    {apexrun.Access{}, "return Database.query('SELECT Id FROM Case', AccessLevel.SYSTEM_MODE).size();", int64(2), ""},
		"a field that may be read":                  {read, "return [SELECT Subject FROM Case LIMIT 1].Subject;", "mine", ""},
		"a field that may not be read":              {read, "return [SELECT Key__c FROM Case];", nil, "System.QueryException: No such column 'Key__c' on entity 'Case'. If you"},
		"a field that only the condition names":     {read, "return [SELECT Id FROM Case WHERE Key__c = 'k'];", nil, "No such column 'Key__c'"},
		"a field that only the order names":         {read, "return [SELECT Id FROM Case ORDER BY Key__c];", nil, "No such column 'Key__c'"},
		"a relationship that may not be read":       {read, "return [SELECT Contact.LastName FROM Case];", nil, "No such column 'ContactId'"},
		"a search":                                  {read, "return [FIND 'ab' IN ALL FIELDS RETURNING Contact(Id)];", nil, "Access to entity 'Contact' denied"},
		"a search as the system":                    {read, "return ([FIND 'ab' IN ALL FIELDS RETURNING Contact(Id) WITH SYSTEM_MODE])[0].size();", int64(0), ""},
		"an insert without the right":               {read, "insert new Case(); return null;", nil, denied},
		"an insert as the system":                   {read, "insert as system new Case(Key__c = 'k'); return 1;", int64(1), ""},
		"an insert of a field that is read only":    {write, "insert new Case(Key__c = 'k'); return null;", nil, hidden},
		"an insert of a field, even of null":        {write, "insert new Case(Key__c = null); return null;", nil, hidden},
		"an insert that may be":                     {write, "insert as user new Case(Subject = 's'); return [SELECT COUNT() FROM Case];", int64(3), ""},
		"the exception names the fields":            {write, "try { insert new Case(Key__c = 'k', Seconds__c = 1); } catch (DmlException e) { return String.join(e.getDmlFieldNames(0), ' ') + e.getNumDml(); } return null;", "Key__c Seconds__c1", ""},
		"a result names the fields":                 {write, "return Database.insert(new Case(Key__c = 'k'), false).getErrors()[0].getFields()[0];", "Key__c", ""},
		"a method of the database as the system":    {read, "return Database.insert(new Case(Key__c = 'k'), false, AccessLevel.SYSTEM_MODE).isSuccess();", true, ""},
		"an upsert needs to create and to edit":     {apexrun.Access{Objects: map[string]apexrun.ObjectAccess{"Case": {Read: true, Create: true}}}, "upsert new Case(Id = [SELECT Id FROM Case LIMIT 1].Id); return null;", nil, denied},
		"a delete without the right":                {write, "delete [SELECT Id FROM Case LIMIT 1]; return null;", nil, denied},
		"users are everybody's to read and no more": {read, "return [SELECT COUNT() FROM User];", int64(0), ""},
		"who runs":             {read, "return UserInfo.getUserId();", guest, ""},
		"a field's own update": {write, "Case c = [SELECT Id FROM Case LIMIT 1]; c.Subject = 'x'; update c; return [SELECT Subject FROM Case LIMIT 1].Subject;", "x", ""},
		"a field that was read and may not be edited": {write, "Case c = [SELECT Id, Key__c FROM Case LIMIT 1]; c.Key__c = 'x'; update c; return null;", nil, hidden},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := asGuest(t, &tc.access, "", tc.body, "with sharing")
			if tc.says != "" {
				var thrown *apexrun.ThrownError
				require.ErrorAs(t, err, &thrown)
				require.Contains(t, thrown.Type+": "+thrown.Message, tc.says)
				return
			}
			require.NoError(t, err)
			require.Equal(t, tc.want, got)
		})
	}
}

func TestSharing(t *testing.T) {
	t.Parallel()
	may := func(more apexrun.ObjectAccess) apexrun.Access {
		more.Read, more.Edit = true, true
		return apexrun.Access{
			Objects: map[string]apexrun.ObjectAccess{"Case": more}, Fields: map[string]apexrun.FieldAccess{"Case.Subject": {Read: true, Edit: true}},
		}
	}
	const count = "return [SELECT COUNT() FROM Case];"
	const editOther = "Id other = [SELECT Id FROM Case WHERE Subject = 'other' WITH SYSTEM_MODE].Id; return Database.update(new Case(Id = other, Subject = 'x'), false).isSuccess();"
	for name, tc := range map[string]struct {
		sharing apexrun.Sharing
		more    apexrun.ObjectAccess
		class   string
		body    string
		want    any
	}{
		"everybody's records are seen":              {"", apexrun.ObjectAccess{}, "with sharing", count, int64(2)},
		"everybody's records are changed":           {"", apexrun.ObjectAccess{}, "without sharing", editOther, true},
		"private records are not seen":              {apexrun.SharingPrivate, apexrun.ObjectAccess{}, "with sharing", count, int64(1)},
		"user mode shares whatever the class says":  {apexrun.SharingPrivate, apexrun.ObjectAccess{}, "without sharing", count, int64(1)},
		"the system in a class that shares":         {apexrun.SharingPrivate, apexrun.ObjectAccess{}, "with sharing", "return [SELECT COUNT() FROM Case WITH SYSTEM_MODE];", int64(1)},
		"a class that does not say shares":          {apexrun.SharingPrivate, apexrun.ObjectAccess{}, "", "return [SELECT COUNT() FROM Case WITH SYSTEM_MODE];", int64(1)},
		"the system in a class that does not share": {apexrun.SharingPrivate, apexrun.ObjectAccess{}, "without sharing", "return [SELECT COUNT() FROM Case WITH SYSTEM_MODE];", int64(2)},
		"all records by permission":                 {apexrun.SharingPrivate, apexrun.ObjectAccess{ViewAll: true}, "with sharing", count, int64(2)},
		"records to read are not changed":           {apexrun.SharingRead, apexrun.ObjectAccess{ViewAll: true}, "without sharing", editOther, false},
		"all records changed by permission":         {apexrun.SharingRead, apexrun.ObjectAccess{ModifyAll: true}, "without sharing", editOther, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			access := may(tc.more)
			got, err := asGuest(t, &access, tc.sharing, tc.body, tc.class)
			require.NoError(t, err)
			require.Equal(t, tc.want, got)
		})
	}
}

func TestWhoMayCall(t *testing.T) {
	t.Parallel()
	store := newMemory()
	store.access = map[string]*apexrun.Access{guest: {}}
	p := load(t, store, probe("return 1;", ""))
	_, err := p.As(guest).Call(t.Context(), "Probe", "run", nil)
	var absent *apexrun.NotLoadableError
	require.ErrorAs(t, err, &absent)
	require.Empty(t, absent.Method)
	got, err := p.Call(t.Context(), "Probe", "run", nil)
	require.NoError(t, err, "the program of another user is another program")
	require.Equal(t, int64(1), got)
}

func TestAccessAddsUp(t *testing.T) {
	t.Parallel()
	kase := apexrun.NewObject("Case", "500")
	subject := kase.Add(apexrun.Field{Name: "Subject", Type: apexrun.TypeText})
	key := kase.Add(apexrun.Field{Name: "Key__c", Type: apexrun.TypeText})
	number := kase.Add(apexrun.Field{Name: "CaseNumber", Type: apexrun.TypeAutoNumber, Always: true, ReadOnly: true})
	var a apexrun.Access
	require.Equal(t, apexrun.ObjectAccess{}, a.Object(kase))
	a.Grant(apexrun.Access{Classes: map[string]bool{"door": true}, Objects: map[string]apexrun.ObjectAccess{"Case": {Read: true}}, Fields: map[string]apexrun.FieldAccess{"Case.Subject": {Read: true}}})
	a.Grant(apexrun.Access{Objects: map[string]apexrun.ObjectAccess{"Case": {Create: true}}, Fields: map[string]apexrun.FieldAccess{"Case.Subject": {Edit: true}}})
	require.Equal(t, apexrun.ObjectAccess{Read: true, Create: true}, a.Object(kase))
	require.Equal(t, apexrun.FieldAccess{Read: true, Edit: true}, a.Field(kase, subject))
	require.Equal(t, apexrun.FieldAccess{}, a.Field(kase, key))
	require.Equal(t, apexrun.FieldAccess{Read: true}, a.Field(kase, number), "what the org keeps is read only")
	require.True(t, a.Class("DOOR"))
	require.False(t, a.Class("Window"))

	admin := apexrun.Access{All: true, Admin: true}
	require.Equal(t, apexrun.FieldAccess{Read: true, Edit: true}, admin.Field(kase, subject))
	require.Equal(t, apexrun.FieldAccess{}, admin.Field(kase, key), "a deployed field is hidden from an administrator, too")
}
