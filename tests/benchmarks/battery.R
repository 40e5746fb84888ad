# Seconds of processor time that fpc and cluster take for what the battery measures: told are the table (CSV), the
# numbers of segments (fewest, most), resamples, splits, reference tables and starts.
suppressPackageStartupMessages({
  library(cluster)
  library(fpc)
})

told <- commandArgs(trailingOnly = TRUE)
x <- as.matrix(read.csv(told[1], header = FALSE))
number <- as.integer(told[-1])
fewest <- number[1]; most <- number[2]; resamples <- number[3]; splits <- number[4]; tables <- number[5]
starts <- number[6]
set.seed(1)

seconds <- function(expression) {
  taken <- system.time(utils::capture.output(suppressWarnings(expression)))
  cat(sum(taken[c("user.self", "sys.self")]), "\n")
}

seconds(for (k in fewest:most) clusterboot(
  x, B = resamples, bootmethod = "boot", multipleboot = TRUE, clustermethod = kmeansCBI, krange = k, runs = starts,
  iter.max = 50, count = FALSE
))
seconds(prediction.strength(x, fewest, most, M = splits, runs = starts, iter.max = 50))
seconds(clusGap(x, kmeans, K.max = most, B = tables, d.power = 2, nstart = starts, iter.max = 50))
