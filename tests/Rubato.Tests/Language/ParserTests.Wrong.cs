using System.Globalization;
using Rubato.Language;

namespace Rubato.Tests.Language;

public sealed partial class ParserTests
{
    private const string Units = "the units are ep (epochs), ba (batches), sp (samples) and dur (share of the budget)";
    private const string Clock = "is a time on the clock, which never decides a schedule; write epochs (ep), batches (ba), samples (sp) or a share of the budget (dur)";
    private const string Start = "expected a schedule, such as 0.1 or cosine(0.1 -> 0), but";
    private const string After = "expected 'then', '+', '*' or the end, but";

    [Theory]
    [InlineData("", 1, $"{Start} the text ends.")]
    [InlineData("linear(0, 0.1, 5ep)", 9, "expected '->', as in linear(0 -> 0.1, 5ep), but found ','.")]
    [InlineData("linear(0 -> 1, 5)", 16, "'5' has no unit; write 5ep, 5ba, 5sp or 5dur.")]
    [InlineData("linear(0 -> 1, 5epochs)", 16, $"'5epochs' has the unknown unit 'epochs'; {Units}. Did you mean '5ep'?")]
    [InlineData("linear(0 -> 1, 5eq)", 16, $"'5eq' has the unknown unit 'eq'; {Units}. Did you mean '5ep'?")]
    [InlineData("linear(0 -> 1, 10s)", 16, $"'10s' {Clock}.")]
    [InlineData("linear(0 -> 1, 10 sec)", 16, $"'10sec' {Clock}.")]
    [InlineData("linear(0 -> 1, 5min)", 16, $"'5min' {Clock}.")]
    [InlineData("linear(0 -> 1, 1e9tok)", 16, "'1e9tok' counts tokens, but only samples are counted; write samples (sp), such as 1e9sp for as many sequences.")]
    [InlineData("linear(0 -> 1, 5parsecs)", 16, $"'5parsecs' has the unknown unit 'parsecs'; {Units}.")]
    [InlineData("linear(0 -> 1, -5ep)", 16, "'-5ep' is negative; a duration is at least 0.")]
    [InlineData("linear(0 -> 1, 5ep, 6ep)", 21, "'6ep' is one argument too many for linear; write it as in linear(0 -> 0.1, 5ep).")]
    [InlineData("linear(0 -> 1, 5ep", 19, "expected ',' or ')', but the text ends.")]
    [InlineData("linear(0 -> 1, 5ep))", 20, $"{After} found ')'.")]
    [InlineData("linear(0 -> 1, 5ep) 0.1", 21, $"{After} found '0.1'.")]
    [InlineData("linear(0 -> 1, 5ep) than 0.1", 21, $"{After} found 'than'. Did you mean 'then'?")]
    [InlineData("linear(0 -> 1ep)", 13, "expected a number, as in linear(0 -> 0.1, 5ep), but found '1ep'.")]
    [InlineData("liner(0 -> 1)", 1, "there is no schedule 'liner'. Did you mean 'linear'?")]
    [InlineData("cosine", 7, "expected '(' after 'cosine', as in cosine(0.1 -> 0, 30ep), but the text ends.")]
    [InlineData("cosine()", 8, "expected a number, as in cosine(0.1 -> 0, 30ep), but found ')'.")]
    [InlineData("cosine(0.1 -> 0, )", 18, "expected a duration, as in cosine(0.1 -> 0, 30ep), but found ')'.")]
    [InlineData("exponential(0 -> 1)", 1, "exponential: from must be a finite number above 0.")]
    [InlineData("polynomial(0.1 -> 0, power 0)", 1, "polynomial: power must be a finite number above 0.")]
    [InlineData("polynomial(0.1 -> 0)", 1, "polynomial needs power, as in polynomial(0.1 -> 0, power 2, 30ep).")]
    [InlineData("step(0.1, gama 0.1, every 30ep)", 11, "step has no option 'gama'; its options are gamma, every, as in step(0.1, gamma 0.1, every 30ep). Did you mean 'gamma'?")]
    [InlineData("step(0.1, gamma 0.1, gamma 0.2, every 30ep)", 22, "the option 'gamma' stands there twice; leave one out.")]
    [InlineData("step(0.1)", 1, "step needs gamma and every, as in step(0.1, gamma 0.1, every 30ep).")]
    [InlineData("step(0.1, gamma, every 30ep)", 16, "expected a number after 'gamma', but found ','.")]
    [InlineData("step(0.1, gamma 0.1, every 0ep)", 1, "step: every must be a duration above 0, such as 1ep.")]
    [InlineData("exp(0.1, gamma 0.9, every rest)", 1, "exp: every must be a duration above 0, such as 1ep.")]
    [InlineData("triangular(0.001-0.006, step 2ep)", 17, "expected '..', as in triangular(0.001..0.006, step 2000ba), but found '-0.006'.")]
    [InlineData("triangular(0.001 0.006, step 2ep)", 18, "expected '..', as in triangular(0.001..0.006, step 2000ba), but found '0.006'.")]
    [InlineData("triangular(0.001..0.006, step 0ep)", 1, "triangular: step must be a duration above 0, such as 1ep.")]
    [InlineData("triangular(0.001..0.006, step 2ep, cycles 1.5)", 43, "expected a whole number of at least 1 after 'cycles', but found '1.5'.")]
    [InlineData("triangular(0.001..0.006, step 2ep, cycles -1)", 43, "expected a whole number of at least 1 after 'cycles', but found '-1'.")]
    [InlineData("clamp(0.1, 1..0)", 1, "clamp: maximum must be at least minimum, which is 1.")]
    [InlineData("clamp(0.1)", 1, "clamp needs two bounds, as in clamp(exp(0.1, gamma 0.9, every 1ep), 1e-4..1).")]
    [InlineData("repeat(cosine(0.1 -> 0))", 1, "repeat: 'cosine(0.1 -> 0)' takes the rest of the budget, so it cannot be repeated for ever; give it a length, such as 10ep, or a count.")]
    [InlineData("repeat(cosine(0.1 -> 0, 5ep), 0)", 31, "expected a whole number of at least 1, but found '0'.")]
    [InlineData("repeat(cosine(0.1 -> 0, 5ep), 3, lengthen 0.5)", 1, "repeat: lengthen must be at least 1 and at most 1e100.")]
    [InlineData("repeat(exp(0.1, gamma 0.9, every 1ep), 3)", 1, "repeat: 'exp(0.1, gamma 0.9, every 1ep)' never ends, so it cannot be repeated; give it a length, such as 10ep.")]
    [InlineData("stretch(0.1)", 1, "stretch needs a number, as in stretch(cosine(0.1 -> 0, 30ep), 0.5).")]
    [InlineData("stretch(cosine(1 -> 0, 1ep), 0)", 1, "stretch: factor must be a finite number above 0.")]
    [InlineData("delay(0.1, rest)", 1, "delay: by must be a duration, such as 1ep.")]
    [InlineData("delay(0.1)", 1, "delay needs a duration, as in delay(cosine(0.1 -> 0, 30ep), 5ep).")]
    [InlineData("one-cycle(0.1, pct 1.5)", 1, "one-cycle: pct must be at least 0 and at most 1.")]
    [InlineData("one-cycle(0.1, phases 4)", 1, "one-cycle: phases must be 2 or 3.")]
    [InlineData("one-cycle(0.1, anneal linaer)", 23, "expected cosine or linear after 'anneal', but found 'linaer'. Did you mean 'linear'?")]
    [InlineData("one-cycle(-0.1)", 1, "one-cycle: max must be a finite number above 0.")]
    [InlineData("one-cycle-momentum(0.85..1)", 1, "one-cycle-momentum: the upper momentum must be at least 0 and below 1.")]
    [InlineData("wsd(0.1, warmup 2ep, decay 0.2dur, shape square)", 42, "expected sqrt, linear or cosine after 'shape', but found 'square'.")]
    [InlineData("wsd(0.1, decay 0.2dur)", 1, "wsd needs warmup, as in wsd(0.1, warmup 2ep, decay 0.2dur).")]
    [InlineData("table(5ep: 0.1, 3ep: 0.2)", 1, "table: points must ascend, but 3ep comes after 5ep.")]
    [InlineData("table(interpolate linear)", 1, "table needs at least one point, as in table(0ep: 0.1, 60ep: 0.02).")]
    [InlineData("table(0ep 0.1)", 11, "expected ':', as in table(0ep: 0.1, 60ep: 0.02), but found '0.1'.")]
    [InlineData("multi-step(0.1, gamma 0.1, at)", 30, "expected a duration, such as 1ep, after 'at', but found ')'.")]
    [InlineData("multi-step(0.1, gamma 0.1, at 60ep, 120ep)", 37, "'120ep' is one argument too many for multi-step; write it as in multi-step(0.1, gamma 0.2, at 60ep 120ep 160ep).")]
    [InlineData("staged()", 8, "expected a duration, as in staged(8000ba: 0.1, 6000ba: 0.01), but found ')'.")]
    [InlineData("staged(0.1, 5ep)", 8, "'0.1' has no unit; write 0.1ep, 0.1ba, 0.1sp or 0.1dur.")]
    [InlineData("linear(0 -> 1) then cosine(1 -> 0)", 1, "'linear(0 -> 1)' and 'cosine(1 -> 0)' both take the rest of the budget; give one of them a length, such as 10ep.")]
    [InlineData("0.1 - 0.05", 5, $"{After} found '-'; to subtract, add a negative number, as in 0.1 + -0.05.")]
    [InlineData("0.1 then", 9, $"{Start} the text ends.")]
    [InlineData("0.1 **2", 6, $"{Start} found '*'.")]
    [InlineData("1e999", 1, "'1e999' is out of the range of a number; the largest is about 1.8e308.")]
    [InlineData("0.1 * (0.2 + ", 14, $"{Start} the text ends.")]
    [InlineData("(0.1))", 6, $"{After} found ')'.")]
    [InlineData("(0.1", 5, "expected 'then', '+', '*' or ')', but the text ends.")]
    [InlineData("function(0.5)", 10, "expected the name of a function, as in function(my-decay, 30ep), but found '0.5'.")]
    [InlineData("0.1ep", 1, $"{Start} found '0.1ep'.")]
    [InlineData("−0.1", 1, $"{Start} found '−'.")]
    [InlineData("warmup(cosine(0.1 -> 0), 5ep, from -1)", 1, "warmup: from must be a finite number of at least 0.")]
    [InlineData("LINEAR(0 -> 1)", 1, "there is no schedule 'LINEAR'. Did you mean 'linear'?")]
    [InlineData("over(linear(0 -> 1, 0.5dur) then cosine(1 -> 0) then linear(0->1, 8ep), 5ep)", 1, "over: 'cosine(1 -> 0)' takes the rest, but the other parts need 10.5ep of 5ep already; shorten them.")]
    [InlineData("multi_step(0.1, gamma 0.1, at 5ep)", 1, "there is no schedule 'multi_step'. Did you mean 'multi-step'?")]
    [InlineData("linear(0 -> 1, 5 10ep)", 16, "'5' has no unit; write 5ep, 5ba, 5sp or 5dur.")]
    [InlineData("linear(0 -> 1; 5ep)", 14, "expected ',' or ')', but found ';'.")]
    [InlineData("linear[0 -> 1]", 7, "expected '(' after 'linear', as in linear(0 -> 0.1, 5ep), but found '['.")]
    [InlineData("2 * base", 5, "'base' is the plan's own schedule, which only parameter groups know; write the schedule itself.")]
    [InlineData("step(0.1, gamma: , every 30ep)", 18, "expected a number after 'gamma', but found ','.")]
    [InlineData("my-decay", 1, "'my-decay' is a function of your own; write function(my-decay).")]
    [InlineData("function(my-decoy)", 1, "function: there is no function 'my-decoy'; registered are my-decay. In code, ScheduleFunctions.With registers one. Did you mean 'my-decay'?")]
    [InlineData("(0.1 -0.05)", 6, "expected 'then', '+', '*' or ')', but found '-0.05'; to subtract, add a negative number, as in 0.1 + -0.05.")]
    [InlineData("clamp(0.1 -0.05, 0..1)", 11, "expected 'then', '+', '*', ',' or ')', but found '-0.05'; to subtract, add a negative number, as in 0.1 + -0.05.")]
    [InlineData("cosine(0.1 -> 0, 1e999ep)", 18, "'1e999ep' is out of the range of a number; the largest is about 1.8e308.")]
    [InlineData("table(0ep: 0.1, 60ep: 0.02, linear)", 29, "table has no option 'linear'; its options are interpolate, as in table(0ep: 0.1, 60ep: 0.02).")]
    public void Parse_WrongText_SaysColumnAndRemedy(string text, int column, string finding)
    {
        var exception = Assert.Throws<InvalidInputException>(() => Schedule.Parse(text, Functions));
        Assert.Equal([$"schedule '{text}', column {column.ToString(CultureInfo.InvariantCulture)}: {finding}"], exception.Message.Split('\n'));
    }

    [Fact]
    public void Parse_Subject_BeginsTheMessage()
    {
        var exception = Assert.Throws<InvalidInputException>(() => Parser.ParseSchedule("liner(0 -> 1)", Functions, "--lr"));
        Assert.Equal("--lr 'liner(0 -> 1)', column 1: there is no schedule 'liner'. Did you mean 'linear'?", exception.Message);
    }

    [Fact]
    public void Parse_UnknownNameWithNoneNear_ListsAll()
    {
        var exception = Assert.Throws<InvalidInputException>(() => Parser.ParseSchedule("rest", Functions, "--lr"));
        Assert.Equal(
            $"--lr 'rest', column 1: there is no schedule 'rest'; the schedules are {string.Join(", ", Forms.All.Select(form => form.Name))}.",
            exception.Message);
    }

    [Fact]
    public void Parse_NestedTooDeep_IsRefused()
    {
        var exception = Assert.Throws<InvalidInputException>(() => Schedule.Parse(new string('(', 101) + "1" + new string(')', 101)));
        Assert.EndsWith(", column 101: schedules are nested more than 100 deep; write it with fewer parentheses.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_FormsNestedTooDeep_AreRefused()
    {
        var exception = Assert.Throws<InvalidInputException>(() => Schedule.Parse(string.Concat(Enumerable.Repeat("over(", 5_000))));
        Assert.Contains("column 501: schedules are nested more than 100 deep", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_LongestText_IsRead() => Assert.Equal(1, Schedule.Parse(new string(' ', 65535) + "1"));

    [Fact]
    public void Parse_TooLongText_IsRefused()
    {
        var exception = Assert.Throws<InvalidInputException>(() => Schedule.Parse(new string(' ', 65536) + "1"));
        Assert.EndsWith("column 65537: the text has 65537 characters; a schedule has at most 65536.", exception.Message, StringComparison.Ordinal);
        Assert.InRange(exception.Message.Length, 100, 300);
    }

    [Fact]
    public void Parse_LineBreaks_DoNotBreakTheSentence()
    {
        var exception = Assert.Throws<InvalidInputException>(() => Schedule.Parse("0.1\nthen\n?"));
        Assert.Equal($"schedule '0.1 then ?', column 10: {Start} found '?'.", exception.Message);
    }

    [Fact]
    public void Parse_Null_IsRefused() => Assert.Throws<ArgumentNullException>(() => Schedule.Parse(null!));
}
