package release_test

import (
	"context"
	"encoding/json"
	"reflect"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/flexbridge"
	"flexcaselog/internal/release"
)

const theirs = `{"theme":{"isLight":true},"big":9007199254740993,"html":"<b>&</b>","custom_data":{"features":{"other_team":{"limit":1e400}}}}`

func TestSettingsAreTheOnlyThingThatChanges(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ before, set, want string }{
		"the first setting":               {theirs, "screen_pop=select", `{"big":9007199254740993,"custom_data":{"features":{"caselog":{"screen_pop":"select"},"other_team":{"limit":1e400}}},"html":"\u003cb\u003e\u0026\u003c/b\u003e","theme":{"isLight":true}}`},
		"nothing was there at all":        {`null`, "enabled=false", `{"custom_data":{"features":{"caselog":{"enabled":false}}}}`},
		"one more":                        {`{"custom_data":{"features":{"caselog":{"log_level":"debug"}}}}`, `channels=["voice"]`, `{"custom_data":{"features":{"caselog":{"channels":["voice"],"log_level":"debug"}}}}`},
		"a version without quotes":        {`{}`, "api_version=64.0", `{"custom_data":{"features":{"caselog":{"api_version":"64.0"}}}}`},
		"text that looks like JSON":       {`{}`, `api_version="64.0"`, `{"custom_data":{"features":{"caselog":{"api_version":"64.0"}}}}`},
		"a flow":                          {`{}`, "pop_target=flow:Greet_Caller", `{"custom_data":{"features":{"caselog":{"pop_target":"flow:Greet_Caller"}}}}`},
		"a country":                       {`{}`, "default_country=GB", `{"custom_data":{"features":{"caselog":{"default_country":"GB"}}}}`},
		"no country":                      {`{}`, "default_country=", `{"custom_data":{"features":{"caselog":{"default_country":""}}}}`},
		"a name that is a word of JSON's": {`{}`, "apex_class=true", `{"custom_data":{"features":{"caselog":{"apex_class":"true"}}}}`},
		"fields, each in its own way": {`{}`, `log_fields={ "Skill__c": "attributes.skill", "Age__c": { "path": "age", "type": "number" } }`,
			`{"custom_data":{"features":{"caselog":{"log_fields":{"Skill__c":"attributes.skill","Age__c":{"path":"age","type":"number"}}}}}}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				api := newAPI()
				api.Configure("ui_attributes", test.before)
				ctx, d := context.Background(), sit(t, api, release.Options{})
				have, err := d.Settings(ctx)
				require.NoError(t, err)
				next := clone(have)
				require.NoError(t, next.Set(test.set))
				require.NoError(t, d.Configure(ctx, have, next))
				require.Equal(t, test.want, api.Configuration("ui_attributes"))
				again, err := d.Settings(ctx)
				require.NoError(t, err)
				require.Empty(t, again.Diff(next))
			})
		})
	}
}

func clone(s release.Settings) release.Settings {
	next := release.Settings{}
	for key, value := range s {
		next[key] = value
	}
	return next
}

func TestSettingsThatAreNotTaken(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ before, set, want string }{
		"a key that there is not":     {`{}`, "screenpop=select", `the setting "screenpop" is not known`},
		"a value that it cannot have": {`{}`, "screen_pop=always", `the setting "screen_pop" must be "accept", "select" or "off"`},
		"a flow without a name":       {`{}`, "pop_target=flow:", `the setting "pop_target" must be "case", "contact", "search" or "flow:"`},
		"a country's name":            {`{}`, "default_country=Austria", `the setting "default_country" must be a country's two letters`},
		"fields of which one is ours": {`{}`, `log_fields={"Skill__c":"attributes.skill","Key__c":"sid"}`, "not used: Key__c"},
		"fields without their braces": {`{}`, "log_fields=Skill__c", `the setting "log_fields" must be an object`},
		"half a version":              {`{}`, "api_version=64", `the setting "api_version" must be text such as "62.0"`},
		"custom_data is a list":       {`{"custom_data":[]}`, "enabled=false", "ui_attributes.custom_data of the Flex Configuration is no JSON object"},
		"the settings are text":       {`{"custom_data":{"features":{"caselog":"on"}}}`, "enabled=false", "the settings are no JSON object"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				api := newAPI()
				api.Configure("ui_attributes", test.before)
				ctx, d := context.Background(), sit(t, api, release.Options{})
				have, err := d.Settings(ctx)
				if err == nil {
					next := clone(have)
					require.NoError(t, next.Set(test.set))
					err = d.Configure(ctx, have, next)
				}
				require.ErrorContains(t, err, test.want)
				require.Equal(t, test.before, api.Configuration("ui_attributes"))
			})
		})
	}
	require.ErrorContains(t, release.Settings{}.Set("enabled"), `"enabled" sets nothing: write it as key=value`)
}

func TestSettingsThatSomebodyElseHasChanged(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		api := newAPI()
		ctx, d := context.Background(), sit(t, api, release.Options{})
		api.Configure("ui_attributes", `{"custom_data":{"features":{"caselog":{"enabled":false}}}}`)
		err := d.Configure(ctx, release.Settings{}, release.Settings{"enabled": json.RawMessage("true")})
		require.ErrorContains(t, err, "somebody else has changed the settings meanwhile")
	})
}

func TestDiff(t *testing.T) {
	t.Parallel()
	was := release.Settings{"a": json.RawMessage("1"), "b": json.RawMessage(`[ "x" ]`), "c": json.RawMessage("true")}
	next := release.Settings{"b": json.RawMessage(`["x"]`), "c": json.RawMessage("false"), "d": json.RawMessage(`"new"`)}
	require.Equal(t, []string{"- a: 1", "- c: true", "+ c: false", `+ d: "new"`}, was.Diff(next))
}

func TestAllSettingsAreSettings(t *testing.T) {
	t.Parallel()
	all := release.Settings{"log_level": json.RawMessage(`"debug"`), "log_fields": json.RawMessage(`{"Age__c":{"path":"age","type":"number"}}`)}.All()
	require.Equal(t, "debug", all["log_level"])
	require.Equal(t, map[string]any{"Age__c": map[string]any{"path": "age", "type": "number"}}, all["log_fields"])
	require.Equal(t, "accept", all["screen_pop"])
	text, err := json.Marshal(all)
	require.NoError(t, err)
	set, err := release.ParseSettings(text)
	require.NoError(t, err)
	require.Empty(t, set.Faults(), "each key is one that the plugin knows, with a value that it takes")
	require.Len(t, all, reflect.TypeFor[flexbridge.Config]().NumField(), "and there is no other")
}
