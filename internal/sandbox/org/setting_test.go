package org_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/sandbox/org"
)

const (
	sumField = "main/objects/Case/fields/Shut__c.field-meta.xml"
	sum      = `<CustomField><fullName>Shut__c</fullName><type>Summary</type><summarizedField>Log__c.Seconds__c</summarizedField>` +
		`<summaryFilterItems><field>Log__c.Status__c</field><operation>equals</operation><value>Shut</value></summaryFilterItems>` +
		`<summaryForeignKey>Log__c.Case__c</summaryForeignKey><summaryOperation>sum</summaryOperation></CustomField>`
	settingType  = "main/objects/Way__mdt/Way__mdt.object-meta.xml"
	settingField = "main/objects/Way__mdt/fields/Hours__c.field-meta.xml"
	settingRow   = "main/customMetadata/Way.Default.md-meta.xml"
	flowFile     = "main/flows/Told.flow-meta.xml"
)

func TestARollUpIsTheSumOfItsDetails(t *testing.T) {
	t.Parallel()
	o, ctx := openWith(t, org.Config{ProjectDir: project(t, map[string]string{sumField: sum})}), t.Context()
	first, second := insert(t, o, "Case", nil), insert(t, o, "Case", nil)
	shut := func(id string) any {
		r, err := o.Record(ctx, id)
		require.NoError(t, err)
		return r["Shut__c"]
	}
	require.Equal(t, 0.0, shut(first), "nothing to sum up")

	log := insert(t, o, "Log__c", map[string]any{"Case__c": first, "Status__c": "Shut", "Seconds__c": 30})
	insert(t, o, "Log__c", map[string]any{"Case__c": first, "Status__c": "Shut", "Seconds__c": 12})
	insert(t, o, "Log__c", map[string]any{"Case__c": first, "Status__c": "Open", "Seconds__c": 100})
	require.Equal(t, 42.0, shut(first))
	require.Equal(t, 0.0, shut(second))

	require.True(t, o.SaveLog(ctx, map[string]any{"Id": log, "Seconds__c": 31}).Success)
	require.Equal(t, 43.0, shut(first), "a changed detail")
	require.True(t, o.SaveLog(ctx, map[string]any{"Id": log, "Status__c": "Open"}).Success)
	require.Equal(t, 12.0, shut(first), "a detail that the filter now leaves out")
	require.False(t, o.SaveLog(ctx, map[string]any{"Id": first, "Shut__c": 1}).Success, "nobody writes it")
}

func TestSettingsAreDeployedRecords(t *testing.T) {
	t.Parallel()
	o := openWith(t, org.Config{ProjectDir: project(t, map[string]string{
		settingType:  `<CustomObject><label>Way</label></CustomObject>`,
		settingField: `<CustomField><fullName>Hours__c</fullName><type>Number</type><precision>4</precision><scale>0</scale></CustomField>`,
		settingRow: `<CustomMetadata xmlns:xsi="x" xmlns:xsd="y"><label>The default</label><values><field>Hours__c</field>` +
			`<value xsi:type="xsd:double">24.0</value></values></CustomMetadata>`,
	})})
	rows, err := o.Records(t.Context(), "Way__mdt")
	require.NoError(t, err)
	require.Len(t, rows, 1)
	require.Equal(t, []any{"Default", "The default", 24.0}, []any{rows[0]["DeveloperName"], rows[0]["MasterLabel"], rows[0]["Hours__c"]})
}

func TestRefusesWhatItWouldGetWrong(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		files map[string]string
		want  string
	}{
		"a roll-up of a field that is not there": {map[string]string{sumField: `<CustomField><fullName>Shut__c</fullName><type>Summary</type>` +
			`<summarizedField>Log__c.Minutes__c</summarizedField><summaryForeignKey>Log__c.Case__c</summaryForeignKey><summaryOperation>sum</summaryOperation></CustomField>`}, "only sums of numbers"},
		"a roll-up through a lookup": {map[string]string{sumField: `<CustomField><fullName>Shut__c</fullName><type>Summary</type>` +
			`<summarizedField>Log__c.Seconds__c</summarizedField><summaryForeignKey>Log__c.Contact__c</summaryForeignKey><summaryOperation>sum</summaryOperation></CustomField>`}, "no master-detail field to Case"},
		"a setting of a type that is not there": {map[string]string{settingRow: `<CustomMetadata><label>x</label></CustomMetadata>`}, "there is no type Way__mdt"},
		"a setting of a field that is not there": {map[string]string{
			settingType: `<CustomObject/>`, settingRow: `<CustomMetadata><label>x</label><values><field>Days__c</field><value/></values><values><field>Days__c</field><value xmlns:xsi="x" xsi:type="xsd:string">1</value></values></CustomMetadata>`,
		}, "No such column 'Days__c'"},
		"an active flow": {map[string]string{flowFile: `<Flow><status>Active</status></Flow>`}, "an active flow is not modelled"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := org.Open(t.Context(), org.Config{ProjectDir: project(t, tt.files)})
			require.ErrorContains(t, err, tt.want)
		})
	}
	_, err := org.Open(t.Context(), org.Config{ProjectDir: project(t, map[string]string{flowFile: `<Flow><status>Draft</status></Flow>`})})
	require.NoError(t, err, "a flow that does not run changes nothing")
}
