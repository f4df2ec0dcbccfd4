using System.Text.Json;
using System.Text.Json.Serialization;
using FsCheck;
using FsCheck.Fluent;
using Rubato.Schedules;
using Rubato.Tests.Language;
using Rubato.Tests.Numerics;
using Rubato.Tests.Schedules;
using static Rubato.Duration;

namespace Rubato.Tests;

public sealed partial class ScheduleJsonTests
{
    [Fact]
    public void Write_Schedule_IsIndentedAndLeavesDefaultsOut()
    {
        var schedule = new Linear(0, 0.1, Epochs(5)).Then(new OneCycle(0.1, phases: 3, anneal: Anneal.Linear));
        Assert.Equal(
            """
            {
              "version": 1,
              "schedule": {
                "kind": "sequence",
                "parts": [
                  {
                    "kind": "linear",
                    "from": 0,
                    "to": 0.1,
                    "length": "5ep"
                  },
                  {
                    "kind": "one-cycle",
                    "max_lr": 0.1,
                    "phases": 3,
                    "anneal": "linear"
                  }
                ]
              }
            }
            """,
            ScheduleJson.Write(schedule),
            ignoreLineEndingDifferences: true);
    }

    [Theory]
    [InlineData("constant(0.1, 30ep)", """{"kind":"constant","value":0.1,"length":"30ep"}""")]
    [InlineData("0.1", """{"kind":"constant","value":0.1}""")]
    [InlineData("cosine(0.1 -> 0)", """{"kind":"cosine","from":0.1,"to":0}""")]
    [InlineData("sqrt(0.1 -> 0, 2sp)", """{"kind":"sqrt","from":0.1,"to":0,"length":"2sp"}""")]
    [InlineData("multi-step(1, gamma 0.2, at 6ep 12ep)", """{"kind":"multi-step","initial":1,"gamma":0.2,"milestones":["6ep","12ep"]}""")]
    [InlineData("table(0ep: 1, 6ep: 2)", """{"kind":"table","points":[{"at":"0ep","value":1},{"at":"6ep","value":2}]}""")]
    [InlineData("table(0ep: 1, interpolate linear)", """{"kind":"table","points":[{"at":"0ep","value":1}],"interpolation":"linear"}""")]
    [InlineData("1 + 2", """{"kind":"sum","terms":[{"kind":"constant","value":1},{"kind":"constant","value":2}]}""")]
    [InlineData("1 * 2", """{"kind":"product","factors":[{"kind":"constant","value":1},{"kind":"constant","value":2}]}""")]
    [InlineData("repeat(constant(1, 1ep), 3, amplify 0.5)", """{"kind":"repeat","body":{"kind":"constant","value":1,"length":"1ep"},"count":3,"amplify":0.5}""")]
    [InlineData("triangular(0..1, step 2ep, down 3ep)", """{"kind":"triangular","base_lr":0,"max_lr":1,"step_size":"2ep","step_size_down":"3ep"}""")]
    [InlineData("one-cycle(1, final-div 100)", """{"kind":"one-cycle","max_lr":1,"final_div_factor":100}""")]
    [InlineData("wsd(1, warmup 1ep, decay 1ep, shape cosine)", """{"kind":"wsd","peak":1,"warmup":"1ep","decay":"1ep","shape":"cosine"}""")]
    [InlineData("exp-range(0..1, step 2ep, gamma 0.5, every 1ep, decays amplitude)", """{"kind":"exp-range","base_lr":0,"max_lr":1,"step_size":"2ep","gamma":0.5,"every":"1ep","decays":"amplitude"}""")]
    [InlineData("staged(2ep: 1, rest: 2)", """{"kind":"staged","stages":[{"length":"2ep","policy":{"kind":"constant","value":1}},{"length":"rest","policy":{"kind":"constant","value":2}}]}""")]
    [InlineData("function(parabola)", """{"kind":"function","name":"parabola"}""")]
    public void Write_EachShape_IsWritten(string text, string json)
    {
        var schedule = Schedule.Parse(text, ScheduleGenerator.Functions);
        using var document = JsonDocument.Parse(ScheduleJson.Write(schedule));
        Assert.Equal(json, JsonSerializer.Serialize(document.RootElement.GetProperty("schedule"), Compact.Default.JsonElement));
        Assert.Equal(schedule, ScheduleJson.Read(Document(json), ScheduleGenerator.Functions));
    }

    [Theory]
    [MemberData(nameof(PowersOfTwo.ShortOnes), MemberType = typeof(PowersOfTwo))]
    public void Read_WrittenPowersOfTwo_AreEqual(double value)
    {
        var schedule = new Linear(value, -value, Epochs(value)).Then(value);
        Assert.Equal(schedule, ScheduleJson.Read(ScheduleJson.Write(schedule)));
    }

    [Fact]
    public void Read_WrittenRandomTrees_AreEqual() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500),
        Prop.ForAll(ScheduleGenerator.Any, schedule => ScheduleJson.Read(ScheduleJson.Write(schedule), ScheduleGenerator.Functions) == schedule));

    [Fact]
    public void Read_WrittenRandomTrees_HaveTheSameValues() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300),
        Prop.ForAll(
            ScheduleGenerator.Resolved,
            schedule => ScheduleJson.Read(ScheduleJson.Write(schedule), ScheduleGenerator.Functions).At(0.7).Equals(schedule.At(0.7))));

    [Theory]
    [InlineData("\"cosine(0.1 -> 0)\"", "cosine(0.1 -> 0)")]
    [InlineData("0.1", "0.1")]
    [InlineData("""{"kind": "sum", "terms": [1, "2 * 3", {"kind": "constant", "value": 4}]}""", "1 + 2 * 3 + 4")]
    [InlineData("""{"kind": "over", "inner": "function(parabola)"}""", "over(function(parabola))")]
    [InlineData("""{"stages": [{"length": "1ep", "policy": 1}], "kind": "staged"}""", "staged(1ep: 1)")]
    [InlineData("""{"to": 0, "kind": "linear", "from": 1, "length": "rest"}""", "linear(1 -> 0)")]
    [InlineData("""{"kind": "triangular", "base_lr": 0, "max_lr": 1, "step_size": "1ep", "cycles": null}""", "triangular(0..1, step 1ep)")]
    public void Read_OtherWaysToWriteIt_AreRead(string json, string text) =>
        Assert.Equal(Schedule.Parse(text, ScheduleGenerator.Functions), ScheduleJson.Read(Document(json), ScheduleGenerator.Functions));

    [Fact]
    public void Read_Function_IsBound() =>
        Assert.Equal(0.75, ScheduleJson.Read(Document("""{"kind": "function", "name": "parabola", "length": "2ep"}"""), ScheduleGenerator.Functions).At(1));

    [Theory]
    [InlineData("function(parabola, 1ep) then 2")]
    [InlineData("function(parabola, 1ep) * 2")]
    [InlineData("function(parabola, 1ep) + 2")]
    [InlineData("clamp(function(parabola, 1ep), 0..1)")]
    [InlineData("repeat(function(parabola, 1ep), 2)")]
    [InlineData("stretch(function(parabola, 1ep), 2)")]
    [InlineData("delay(function(parabola, 1ep), 0.1ep)")]
    [InlineData("skip(function(parabola, 1ep), 0.1ep)")]
    [InlineData("over(function(parabola), 1ep)")]
    [InlineData("warmup(function(parabola, 1ep), 0.1ep)")]
    [InlineData("staged(1ep: function(parabola))")]
    public void Read_FunctionInsideAnything_IsBound(string text)
    {
        var schedule = Schedule.Parse(text, ScheduleGenerator.Functions);
        Assert.Equal(schedule.At(0.5), ScheduleJson.Read(ScheduleJson.Write(schedule), ScheduleGenerator.Functions).At(0.5));
    }

    [Theory]
    [MemberData(nameof(ParserTests.CanonicalTexts), MemberType = typeof(ParserTests))]
    public void Read_WrittenFormsOfTheLanguage_AreEqual(string text)
    {
        var functions = ScheduleGenerator.Functions.With("my-decay", share => share);
        var schedule = Schedule.Parse(text, functions);
        Assert.Equal(schedule, ScheduleJson.Read(ScheduleJson.Write(schedule), functions));
    }

    [Fact]
    public void Write_TooDeep_IsRefused()
    {
        Schedule schedule = 1;
        for (var i = 0; i < 300; i++)
        {
            schedule = new Stretch(schedule, 2);
        }

        var exception = Assert.Throws<InvalidInputException>(() => ScheduleJson.Write(schedule));
        Assert.Equal("schedule JSON: it is nested too deep to be written; 256 levels of JSON are the most.", exception.Message);
    }

    [Fact]
    public void Read_DeepestThatIsWritten_IsEqual()
    {
        Schedule schedule = 1;
        for (var i = 0; i < 250; i++)
        {
            schedule = new Stretch(schedule, 2);
        }

        Assert.Equal(schedule, ScheduleJson.Read(ScheduleJson.Write(schedule)));
    }

    private static string Document(string schedule) => $$"""{"version": 1, "schedule": {{schedule}}}""";

    [JsonSerializable(typeof(JsonElement))]
    private sealed partial class Compact : JsonSerializerContext;
}
