// <snippet ten-lines>
using Rubato;
using Rubato.Torch;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

Engine.Seed(1);
var points = (rand(4_000, 2) * 2) - 1;
var classes = points.square().sum(1).less(0.6).to(ScalarType.Int64); // 1 within a circle, 0 around it
using var network = Sequential(Linear(2, 32), ReLU(), Linear(32, 2));

var train = Samples.Of(points[..3_000], classes[..3_000]);
var test = Samples.Of(points[3_000..], classes[3_000..]);
var trainer = new Trainer(network, train, Losses.CrossEntropy, new TrainerSettings { Length = Duration.Epochs(10) }, test);
var run = trainer.Fit();
Console.WriteLine($"{run.Accuracy:P1} right after {run.Updates} updates; the highest learning rate was {run.PeakLearningRate:G2}");
// </snippet>
