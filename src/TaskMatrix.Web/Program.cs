using TaskMatrix.Web.Hosting;

return await CommandLine.Run(args);
