using System.Text.Json.Serialization;
using Rubato.Schedules.Combinators;
using Rubato.Schedules.Curves;
using Rubato.Schedules.Recipes;

namespace Rubato.Schedules;

// The closed family by the names of its text forms; what has a form of signs is named by a word.
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Constant), "constant")]
[JsonDerivedType(typeof(Linear), "linear")]
[JsonDerivedType(typeof(Cosine), "cosine")]
[JsonDerivedType(typeof(Exponential), "exponential")]
[JsonDerivedType(typeof(SquareRoot), "sqrt")]
[JsonDerivedType(typeof(Polynomial), "polynomial")]
[JsonDerivedType(typeof(Exp), "exp")]
[JsonDerivedType(typeof(Step), "step")]
[JsonDerivedType(typeof(InverseTime), "inverse-time")]
[JsonDerivedType(typeof(InverseSquareRoot), "inverse-sqrt")]
[JsonDerivedType(typeof(MultiStep), "multi-step")]
[JsonDerivedType(typeof(Table), "table")]
[JsonDerivedType(typeof(Function), "function")]
[JsonDerivedType(typeof(Sequence), "sequence")]
[JsonDerivedType(typeof(Product), "product")]
[JsonDerivedType(typeof(Sum), "sum")]
[JsonDerivedType(typeof(Clamp), "clamp")]
[JsonDerivedType(typeof(Repeat), "repeat")]
[JsonDerivedType(typeof(Stretch), "stretch")]
[JsonDerivedType(typeof(Delay), "delay")]
[JsonDerivedType(typeof(Skip), "skip")]
[JsonDerivedType(typeof(Over), "over")]
[JsonDerivedType(typeof(Triangular), "triangular")]
[JsonDerivedType(typeof(Triangular2), "triangular2")]
[JsonDerivedType(typeof(ExpRange), "exp-range")]
[JsonDerivedType(typeof(OneCycle), "one-cycle")]
[JsonDerivedType(typeof(OneCycleMomentum), "one-cycle-momentum")]
[JsonDerivedType(typeof(WarmRestarts), "sgdr")]
[JsonDerivedType(typeof(WarmupStableDecay), "wsd")]
[JsonDerivedType(typeof(FlatThenAnneal), "flat-cosine")]
[JsonDerivedType(typeof(Warmup), "warmup")]
[JsonDerivedType(typeof(Staged), "staged")]
public abstract partial record Schedule;
