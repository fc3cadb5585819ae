package apexrun_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/apexrun"
)

// furnish makes three contacts and two cases: the first belongs to the first contact.
const furnish = `
	insert new List<Contact>{ new Contact(LastName = 'Ada', Phone = '+44 20 7946'), new Contact(LastName = 'Bea', Phone = '0049 30'), new Contact(LastName = 'Cy') };
	Contact ada = [SELECT Id FROM Contact WHERE LastName = 'ada'];
	insert new Case(Subject = 'first', Key__c = 'K1', Seconds__c = 5, ContactId = ada.Id, Start__c = Datetime.newInstanceGmt(2026, 2, 3, 4, 5, 6));
	insert new Case(Subject = 'second', Key__c = 'K2', Open__c = true);
`

func TestQueries(t *testing.T) {
	t.Parallel()
	names := `static String names(List<Contact> l) { String s = ''; for (Contact c : l) { s += c.LastName + ' '; } return s.trim(); }
		static String subjects(List<Case> l) { String s = ''; for (Case c : l) { s += c.Subject + ' '; } return s.trim(); }`
	for name, tc := range map[string]struct {
		body string
		want any
	}{
		"all in the order of creation":               {"return names([SELECT LastName FROM Contact]);", "Ada Bea Cy"},
		"ordered downwards with a limit":             {"return names([SELECT LastName FROM Contact ORDER BY LastName DESC LIMIT 2]);", "Cy Bea"},
		"offset and a limit that is bound":           {"Integer n = 1; return names([SELECT LastName FROM Contact ORDER BY LastName LIMIT :n OFFSET 1]);", "Bea"},
		"nulls last":                                 {"return names([SELECT LastName FROM Contact ORDER BY Phone ASC NULLS LAST]);", "Ada Bea Cy"},
		"nulls first by default":                     {"return names([SELECT LastName FROM Contact ORDER BY Phone]);", "Cy Ada Bea"},
		"in a list that is bound":                    {"List<String> l = new List<String>{'ADA', 'cy'}; return names([SELECT LastName FROM Contact WHERE LastName IN :l]);", "Ada Cy"},
		"not in":                                     {"return names([SELECT LastName FROM Contact WHERE LastName NOT IN ('Ada', 'Bea')]);", "Cy"},
		"like":                                       {"return names([SELECT LastName FROM Contact WHERE LastName LIKE '%A']);", "Ada Bea"},
		"and, or, not with parentheses":              {"return names([SELECT LastName FROM Contact WHERE (LastName = 'Ada' OR LastName = 'Bea') AND (NOT Phone LIKE '+%')]);", "Bea"},
		"equal to null":                              {"return names([SELECT LastName FROM Contact WHERE Phone = null]);", "Cy"},
		"a case-sensitive key looks at capitals":     {"return subjects([SELECT Subject FROM Case WHERE Key__c = 'k1']);", ""},
		"a number, a checkbox":                       {"return subjects([SELECT Subject FROM Case WHERE Seconds__c >= 5 OR Open__c = true]);", "first second"},
		"a date/time literal":                        {"return subjects([SELECT Subject FROM Case WHERE Start__c < 2026-02-03T05:00:00Z]);", "first"},
		"a field of the parent":                      {"return [SELECT Contact.LastName FROM Case WHERE Contact.LastName = 'Ada'].Contact.LastName;", "Ada"},
		"no parent reads as null":                    {"return [SELECT Contact.LastName FROM Case WHERE Key__c = 'K2'].Contact?.LastName;", nil},
		"children of the parent":                     {"return subjects([SELECT (SELECT Subject FROM Cases) FROM Contact WHERE LastName = 'Ada'].Cases);", "first"},
		"a count":                                    {"return [SELECT COUNT() FROM Case WHERE Subject != null];", int64(2)},
		"user mode and for update":                   {"return subjects([SELECT Subject FROM Case WHERE Key__c = 'K1' WITH USER_MODE FOR UPDATE]);", "first"},
		"a query made at run time":                   {"String k = 'K2'; return subjects(Database.query('SELECT Subject FROM Case WHERE Key__c = :k', AccessLevel.USER_MODE));", "second"},
		"a query made at run time with a map":        {"return subjects(Database.queryWithBinds('SELECT Subject FROM Case WHERE Key__c = :k', new Map<String, Object>{'k' => 'K2'}, AccessLevel.USER_MODE));", "second"},
		"a wrong name in a query made at run time":   {"try { Database.query('SELECT Missing__c FROM Case'); } catch (QueryException e) { return e.getMessage(); } return null;", "No such column 'Missing__c' on entity 'Case'"},
		"a wrong parent in a query made at run time": {"try { Database.query('SELECT Nobody.Name FROM Case'); } catch (QueryException e) { return e.getMessage().left(31); } return null;", "Didn't understand relationship "},
		"a map of records by id":                     {"return new Map<Id, Case>([SELECT Id FROM Case]).size();", int64(2)},
		"records stand for their ids":                {"List<Contact> l = [SELECT Id FROM Contact WHERE LastName = 'Ada']; return subjects([SELECT Subject FROM Case WHERE ContactId IN :l]);", "first"},
		"a search finds a phone by its end":          {"List<List<SObject>> l = [FIND '7946 OR 4930' IN PHONE FIELDS RETURNING Contact(LastName ORDER BY LastName), Case]; return names((List<Contact>) l[0]) + l[1].size();", "Ada Bea0"},
		"a search with a condition and a limit":      {"String q = 'Ad'; List<List<SObject>> l = [FIND :q IN ALL FIELDS RETURNING Contact(LastName WHERE Phone != null LIMIT 1)]; return l[0].size();", int64(0)},
		"the row of a query is read without a list":  {"return [SELECT Subject FROM Case WHERE Key__c = 'K1'].Subject;", "first"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := run(t, newMemory(), furnish+tc.body, names)
			require.NoError(t, err)
			require.Equal(t, tc.want, got)
		})
	}
}

func TestWrites(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		body string
		want any
		rows int // cases that are there afterwards
	}{
		"an insert gives the record its id": {"Case c = new Case(); insert as user c; return c.Id;", "500000000000001AAA", 1},
		"a failed statement leaves no row and no id": {
			"List<Case> l = new List<Case>{ new Case(Key__c = 'K'), new Case(Key__c = 'K') }; try { insert l; } catch (DmlException e) { return l[0].Id == null; } return 0;", true, 0,
		},
		"an exception tells all about the rows": {
			`insert new Case(Key__c = 'K');
			try { insert new List<Case>{ new Case(), new Case(Key__c = 'K') }; } catch (DmlException e) {
				return String.valueOf(e.getNumDml()) + e.getDmlIndex(0) + e.getDmlType(0) + (e.getDmlType(0) == StatusCode.DUPLICATE_VALUE) + e.getDmlMessage(0) + e.getDmlFieldNames(0);
			} return null;`, "11DUPLICATE_VALUEtrueduplicate value found(Key__c)", 1,
		},
		"an exception's message has Salesforce's form": {
			"try { insert new Contact(); } catch (DmlException e) { return e.getMessage(); } return null;",
			"Insert failed. First exception on row 0; first error: REQUIRED_FIELD_MISSING, Required fields are missing: [LastName]: [LastName]", 0,
		},
		"without all-or-none the good rows stay": {
			`List<Database.SaveResult> r = Database.insert(new List<Case>{ new Case(Key__c = 'K'), new Case(Key__c = 'K') }, false, AccessLevel.USER_MODE);
			return '' + r[0].isSuccess() + r[1].isSuccess() + r[1].getErrors()[0].getStatusCode() + r[1].getErrors()[0].getFields() + (r[1].getId() == null);`,
			"truefalseDUPLICATE_VALUE(Key__c)true", 1,
		},
		"an upsert by key writes once": {
			`Database.UpsertResult a = Database.upsert(new Case(Key__c = 'K', Subject = 'a'), Case.Key__c, true, AccessLevel.USER_MODE);
			Database.UpsertResult b = Database.upsert(new Case(Key__c = 'K', Subject = 'b'), Case.Key__c, true, AccessLevel.USER_MODE);
			return '' + a.isCreated() + b.isCreated() + (a.getId() == b.getId()) + [SELECT Subject FROM Case].Subject;`, "truefalsetrueb", 1,
		},
		"an upsert of one key twice is refused": {
			"try { upsert new List<Case>{ new Case(Key__c = 'K'), new Case(Key__c = 'K') } Key__c; } catch (DmlException e) { return e.getDmlType(0).name(); } return null;", "DUPLICATE_VALUE", 0,
		},
		"an upsert without its key is refused": {
			"try { upsert new Case() Key__c; } catch (DmlException e) { return e.getDmlType(0).name(); } return null;", "MISSING_ARGUMENT", 0,
		},
		"an update changes what was set": {
			"Case c = new Case(Subject = 'a', Seconds__c = 1); insert c; update new Case(Id = c.Id, Subject = 'b'); c = [SELECT Subject, Seconds__c FROM Case]; return c.Subject + c.Seconds__c;", "b1", 1,
		},
		"an update without an id is refused": {
			"try { update new Case(); } catch (DmlException e) { return e.getDmlType(0).name(); } return null;", "MISSING_ARGUMENT", 0,
		},
		"an insert with an id is refused": {
			"Case c = new Case(); insert c; try { insert c; } catch (DmlException e) { return e.getDmlType(0).name(); } return null;", "INVALID_FIELD_FOR_INSERT_UPDATE", 1,
		},
		"a savepoint is returned to, twice": {
			`Savepoint s = Database.setSavepoint(); insert new Case(); Database.rollback(s); insert new Case(); insert new Case(); Database.rollback(s);
			insert new Case(); return Limits.getDmlStatements();`, int64(7), 1,
		},
		"a deletion": {"Case c = new Case(); insert c; delete c; return [SELECT COUNT() FROM Case];", int64(0), 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			store := newMemory()
			got, err := run(t, store, tc.body, "")
			require.NoError(t, err)
			require.Equal(t, tc.want, got)
			require.Len(t, store.rows["Case"], tc.rows)
		})
	}
}

func TestReport(t *testing.T) {
	t.Parallel()
	store := newMemory()
	p := load(t, store, map[string]string{
		"Sums": "public class Sums {\n static Integer calls = 0;\n public static Integer add(Integer a, Integer b) {\n  calls++;\n  if (a < 0) {\n   throw new IllegalArgumentException('negative');\n  }\n  return a + b;\n }\n @TestVisible private static Integer count() {\n  return calls;\n }\n}",
		"SumsTest": `@IsTest private class SumsTest {
			@TestSetup static void furnish() { insert new Contact(LastName = 'Ada', Phone = '12'); }
			@IsTest static void adds() { Assert.areEqual(3, Sums.add(1, 2)); Assert.areEqual(1, Sums.count()); delete [SELECT Id FROM Contact]; }
			@IsTest static void failsHere() { Assert.areEqual(4, Sums.add(1, 2), 'sum'); }
			@IsTest static void seesTheSetupAgain() { Assert.areEqual(1, [SELECT COUNT() FROM Contact]); }
			@IsTest static void searchesOnlyWhatIsFixed() {
				Assert.areEqual(0, ([FIND '12' IN PHONE FIELDS RETURNING Contact(Id)])[0].size());
				Test.setFixedSearchResults(new List<Id>{ [SELECT Id FROM Contact].Id });
				Assert.areEqual(1, ([FIND '99' IN PHONE FIELDS RETURNING Contact(Id)])[0].size());
			}
			@IsTest static void startsWithNewLimits() {
				List<Contact> c = [SELECT Id FROM Contact];
				Test.startTest(); Assert.areEqual(0, Limits.getQueries()); Test.stopTest();
				Assert.areEqual(1, Limits.getQueries()); Assert.isTrue(Test.isRunningTest());
			}
			@IsTest static void runsAsAnother() {
				User u = new User(); insert u;
				System.runAs(u) { Assert.areEqual(u.Id, UserInfo.getUserId()); }
				Assert.areNotEqual(u.Id, UserInfo.getUserId());
			}
		}`,
	})
	report, err := p.Test(t.Context(), "sumstest")
	require.NoError(t, err)
	require.False(t, report.Passed())
	require.Len(t, report.Tests, 6)
	for _, test := range report.Tests {
		if test.Method == "failsHere" {
			var thrown *apexrun.ThrownError
			require.ErrorAs(t, test.Err, &thrown)
			require.Equal(t, "Assertion Failed: sum: Expected: 4, Actual: 3", thrown.Message)
			continue
		}
		require.NoError(t, test.Err, test.Method)
	}
	require.Equal(t, []apexrun.Coverage{{Class: "Sums", Covered: 4, Total: 5, Missed: []int{6}}}, report.Coverage)
	require.Empty(t, store.rows["Contact"], "tests leave nothing")

	report, err = p.Test(t.Context(), "adds")
	require.NoError(t, err)
	require.True(t, report.Passed())
	require.Len(t, report.Tests, 1)

	report, err = p.Test(t.Context(), "nothing of this name")
	require.NoError(t, err)
	require.False(t, report.Passed(), "no test is no proof")
}
