using Rubato.Tests.Schedules;

namespace Rubato.Tests;

public sealed partial class ScheduleJsonTests
{
    private const string Kinds =
        "constant, linear, cosine, exponential, sqrt, polynomial, exp, step, inverse-time, inverse-sqrt, multi-step, table, function, "
        + "sequence, product, sum, clamp, repeat, stretch, delay, skip, over, "
        + "triangular, triangular2, exp-range, one-cycle, one-cycle-momentum, sgdr, wsd, flat-cosine, warmup, staged, base";

    [Theory]
    [InlineData("", ", line 1, byte 1: it cannot be read as JSON: The input does not contain any JSON tokens.")]
    [InlineData("{", ", line 1, byte 2: it cannot be read as JSON: Expected depth to be zero at the end of the JSON payload.")]
    [InlineData("""{"version": 1, "schedule": 1,}""", ", line 1, byte 30: it cannot be read as JSON: The JSON object contains a trailing comma at the end which is not supported in this mode.")]
    [InlineData("[]", ", $: expected an object with version 1.")]
    [InlineData("null", ", $: expected an object with version 1.")]
    [InlineData("{}", ", $: needs version, which is 1.")]
    [InlineData("""{"version": 2, "schedule": 1}""", ", $.version: expected 1, the only version that can be read, but found 2.")]
    [InlineData("""{"version": "1", "schedule": 1}""", """, $.version: expected 1, the only version that can be read, but found "1".""")]
    [InlineData("""{"version": 1}""", ", $: needs schedule.")]
    [InlineData("""{"version": 1, "shedule": 1}""", ", $: has no property 'shedule'; its properties are version, schedule. Did you mean 'schedule'?")]
    [InlineData("""{"version": 1, "schedule": 1, "schedule": 2}""", ": it cannot be read as JSON: Duplicate property 'schedule' encountered during deserialization.")]
    [InlineData("""{"version": 1, "schedule": null}""", """, $.schedule: expected a schedule: an object with a kind, a number, or text such as "cosine(0.1 -> 0)", but found null.""")]
    [InlineData("""{"version": 1, "schedule": [1]}""", """, $.schedule: expected a schedule: an object with a kind, a number, or text such as "cosine(0.1 -> 0)", but found [1].""")]
    [InlineData("""{"version": 1, "schedule": 1} x""", ", line 1, byte 31: it cannot be read as JSON: 'x' is invalid after a single JSON value.")]
    [InlineData("""{"version": 1, "schedule": {"kind": "li\ud800"}}""", ", $: it holds text that is no Unicode.")]
    [InlineData("""{"version": 1, "schedule": {"ki\ud800": 1}}""", ": it holds text that is no Unicode.")]
    public void Read_WrongDocument_SaysPlaceAndRemedy(string json, string finding) => AssertRefused(json, finding);

    [Theory]
    [InlineData("""{"kind": "liner", "from": 0, "to": 1}""", ".kind: there is no kind 'liner'. Did you mean 'linear'?")]
    [InlineData("""{"kind": "zzz"}""", $".kind: there is no kind 'zzz'; the kinds are {Kinds}.")]
    [InlineData("""{"kind": 1}""", """.kind: expected text, such as "linear", but found 1.""")]
    [InlineData("""{"from": 0, "to": 1}""", $""": a schedule needs a kind, such as "linear"; the kinds are {Kinds}.""")]
    [InlineData("""{"kind": "linear", "form": 0, "to": 1}""", ": linear has no property 'form'; its properties are from, to, length. Did you mean 'from'?")]
    [InlineData("""{"kind": "linear", "from": 0}""", ": linear needs to.")]
    [InlineData("""{"kind": "step"}""", ": step needs initial, gamma and every.")]
    [InlineData("""{"kind": "linear", "from": "0", "to": 1}""", """.from: expected a finite number, but found "0".""")]
    [InlineData("""{"kind": "linear", "from": 1e999, "to": 1}""", ".from: expected a finite number, but found 1e999.")]
    [InlineData("""{"kind": "linear", "from": null, "to": 1}""", ".from: expected a finite number, but found null.")]
    [InlineData("""{"kind": "linear", "from": 0, "to": 1, "length": 5}""", """.length: expected a duration as text, such as "5ep", but found 5.""")]
    [InlineData("""{"kind": "linear", "from": 0, "to": 1, "length": "5"}""", ".length: '5' has no unit; the units are ep (epochs), ba (batches), sp (samples) and dur (share of the budget).")]
    [InlineData("""{"kind": "linear", "from": 0, "to": 1, "length": "5epochs"}""", ".length: '5epochs' has the unknown unit 'epochs'; the units are ep (epochs), ba (batches), sp (samples) and dur (share of the budget).")]
    [InlineData("""{"kind": "linear", "from": 0, "to": 1, "length": null}""", """.length: expected a duration as text, such as "5ep", but found null.""")]
    [InlineData("""{"kind": "linear", "from": 0, "to": 1, "$type": "x"}""", ": linear has no property '$type'; its properties are from, to, length.")]
    [InlineData("""{"kind": "sequence", "parts": [1]}""", ": sequence: parts must hold at least two schedules.")]
    [InlineData("""{"kind": "sequence", "parts": 1}""", ".parts: expected an array, but found 1.")]
    [InlineData("""{"kind": "sequence", "parts": [{"kind": "linear", "from": 0, "to": 1}, {"kind": "exponential", "from": 0, "to": 1}]}""", ".parts[1]: exponential: from must be a finite number above 0.")]
    [InlineData("""{"kind": "sequence", "parts": [{"kind": "linear", "from": 0, "to": 1}, {"kind": "linear", "from": 0, "to": 1}]}""", ": sequence: 'linear(0 -> 1)' and 'linear(0 -> 1)' both take the rest of the budget; give one of them a length, such as 10ep.")]
    [InlineData("""{"kind": "sum", "terms": [1, "liner(0 -> 1)"]}""", ".terms[1]: 'liner(0 -> 1)', column 1: there is no schedule 'liner'. Did you mean 'linear'?")]
    [InlineData("""{"kind": "triangular", "base_lr": 0, "max_lr": 1, "step_size": "0ep"}""", ": triangular: step_size must be a duration above 0, such as 1ep.")]
    [InlineData("""{"kind": "triangular", "base_lr": 0, "max_lr": 1, "step_size": "1ep", "cycles": 1.5}""", ".cycles: expected a whole number of at least 1, but found 1.5.")]
    [InlineData("""{"kind": "triangular", "base_lr": 0, "max_lr": 1, "step_size": "1ep", "cycles": 0}""", ".cycles: expected a whole number of at least 1, but found 0.")]
    [InlineData("""{"kind": "one-cycle", "max_lr": 1, "anneal": "linaer"}""", """.anneal: expected "cosine" or "linear", but found "linaer". Did you mean 'linear'?""")]
    [InlineData("""{"kind": "one-cycle", "max_lr": 1, "anneal": 1}""", """.anneal: expected "cosine" or "linear", but found 1.""")]
    [InlineData("""{"kind": "one-cycle", "max_lr": 1, "phases": 5}""", ": one-cycle: phases must be 2 or 3.")]
    [InlineData("""{"kind": "table", "points": [{"at": "1ep"}]}""", ".points[0]: needs value.")]
    [InlineData("""{"kind": "table", "points": [1]}""", ".points[0]: expected an object, but found 1.")]
    [InlineData("""{"kind": "staged", "stages": [{"length": "1ep", "policy": {"kind": "cosin"}}]}""", ".stages[0].policy.kind: there is no kind 'cosin'. Did you mean 'cosine'?")]
    [InlineData("""{"kind": "function", "name": "my-decoy"}""", ": there is no function 'my-decoy'; registered are my-decay, parabola, wave-2. In code, ScheduleFunctions.With registers one. Did you mean 'my-decay'?")]
    [InlineData("""{"kind": "function", "name": ""}""", ": there is no function ''; registered are my-decay, parabola, wave-2. In code, ScheduleFunctions.With registers one.")]
    [InlineData("""{"kind": "over", "inner": {"kind": "exp", "initial": 1, "gamma": 0, "every": "1ep"}, "length": "2ep"}""", ".inner: exp: gamma must be a finite number above 0.")]
    [InlineData("true", """: expected a schedule: an object with a kind, a number, or text such as "cosine(0.1 -> 0)", but found true.""")]
    public void Read_WrongSchedule_SaysPathAndRemedy(string json, string finding) => AssertRefused(Document(json), $", $.schedule{finding}");

    [Fact]
    public void Read_TooLong_IsRefused() =>
        AssertRefused(new string(' ', 1_048_577), ": the text has 1048577 characters; 1048576 are the most.");

    [Fact]
    public void Read_NestedTooDeep_IsRefused() =>
        AssertRefused(new string('[', 300), ", line 1, byte 257: it cannot be read as JSON: The maximum configured depth of 256 has been exceeded.");

    [Theory]
    [InlineData("staged(1ep: ", ")", 99, 0)]
    [InlineData("over(", ", 1ep)", 90, 200)]
    public void Read_TextNestedTooDeepForJson_IsRefused(string open, string close, int textLevels, int jsonLevels)
    {
        var text = string.Concat(Enumerable.Repeat(open, textLevels)) + "0.1" + string.Concat(Enumerable.Repeat(close, textLevels));
        var json = string.Concat(Enumerable.Repeat("""{"kind": "over", "inner": """, jsonLevels)) + $"\"{text}\"" + new string('}', jsonLevels);
        AssertRefused(Document(json), ", $: the schedules that stand as text make it nested too deep; 256 levels of JSON are the most.");
    }

    private static void AssertRefused(string json, string finding)
    {
        var exception = Assert.Throws<InvalidInputException>(() => ScheduleJson.Read(json, ScheduleGenerator.Functions.With("my-decay", share => share)));
        Assert.Equal([$"schedule JSON{finding}"], exception.Message.Split('\n'));
    }
}
